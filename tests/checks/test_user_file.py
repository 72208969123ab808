"""Users' files: claims are found, and whatever is wrong is one line with their file, their line and a remedy."""

import sys

import pytest

import checks
from checks.catalog import select
from checks.claim import Claim
from checks.user_file import UserFileError, load_user_claims

HEAD = """from checks import AtMost, Claim, Equal, Mutant, Networks, Quantity, Box, Bounded
from theory.symbols import i, j, a, w, v, over
from theory.heads import norm, dot
from theory.vocabulary import loss, residual_norm, theta, w_norm, gradient, z
"""

DESIGN = """from checks import AtMost, Claim, Networks
from theory.vocabulary import loss, residual_norm

residual_bound = Claim(given=Networks(model="xu23a", students=(1, 8)), then=AtMost(residual_norm**2, 8 * loss))
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def put(text, name="mine.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        return name

    return put


def test_the_whole_file_of_a_user(write):
    (claim,) = load_user_claims(write(DESIGN))
    assert claim.id == "mine.py::residual_bound"
    assert claim.kind == "inequality"
    assert claim.paper == ""
    assert [found.id for found in select([claim.id])] == [claim.id]
    assert [found.id for found in select(["mine.py"])] == [claim.id]


def test_files_in_folders_keep_their_path(write):
    (claim,) = load_user_claims(write(DESIGN, "sub/mine.py"))
    assert claim.id == "sub/mine.py::residual_bound"
    assert claim.paper == ""


def test_names_lists_own_ids_and_aliases(write):
    path = write(
        HEAD
        + "one = Claim(given=Networks(model='xu23a'), then=AtMost(loss, loss))\n"
        + "alias = one\n"
        + "named = Claim(id='my-id', given=Networks(model='xu23a'), then=AtMost(loss, loss))\n"
        + "many = [Claim(given=Networks(model='xu23a'), then=AtMost(loss, k * loss)) for k in (1, 2)]\n"
    )
    assert [claim.id for claim in load_user_claims(path)] == [
        "mine.py::one",
        "mine.py::my-id",
        "mine.py::many[0]",
        "mine.py::many[1]",
    ]
    assert [claim.id for claim in load_user_claims(path, "named")] == ["mine.py::my-id"]
    assert [claim.id for claim in load_user_claims(path, "my-id")] == ["mine.py::my-id"]
    assert [claim.id for claim in load_user_claims(path, "many[1]")] == ["mine.py::many[1]"]


def test_bare_names_mean_claims_of_the_same_file(write):
    path = write(
        DESIGN + "second = Claim(given=residual_bound.given, then=residual_bound.then, because=('residual_bound',))\n"
    )
    assert load_user_claims(path, "second")[0].because == ("mine.py::residual_bound",)


def test_own_quantities_join_the_vocabulary(write):
    path = write(
        HEAD
        + "size = Quantity(name='size', latex='S', meaning='m', source='s', axes=(i,),\n"
        + "                define=lambda setting: norm(w[i]) ** 2)\n"
        + "claim = Claim(given=Networks(model='xu23a'), then=AtMost(size.symbol[i], 100 + size.symbol[i]))\n"
    )
    (claim,) = load_user_claims(path)
    assert [quantity.name for quantity in claim.quantities] == ["size"]


def test_neighbours_can_be_imported_and_nothing_is_left_behind(write, tmp_path):
    (tmp_path / "beside.py").write_text("FACTOR = 8\n")
    before = list(sys.path)
    load_user_claims(
        write(DESIGN.replace("8 * loss", "FACTOR * loss").replace("\n\n", "\nfrom beside import FACTOR\n\n"))
    )
    assert sys.path == before
    assert not (tmp_path / "__pycache__" / "mine.cpython-311.pyc").exists()
    sys.modules.pop("beside")


GIVEN = "given=Networks(model='xu23a')"

MISTAKES = {
    "missing field": (f"x = Claim({GIVEN})", "mine.py:5: ", "lacks then"),
    "unknown field": (f"x = Claim({GIVEN}, them=AtMost(loss, 1))", "mine.py:5: ", "did you mean then?"),
    "missing model": ("x = Claim(given=Networks(), then=AtMost(loss, 1))", "mine.py:5: ", "Networks lacks 'model'"),
    "unknown model": (f"x = Claim({GIVEN.replace('xu23a', 'xu23b')}, then=AtMost(loss, 1))", "mine.py:5: ", "xu23a"),
    "unknown quantity": ("from theory.vocabulary import los", "mine.py:5: ", "did you mean loss"),
    "quantity by hand": (
        f"from sympy import Symbol\nx = Claim({GIVEN}, then=AtMost(Symbol('residual_nrm'), 1))",
        "mine.py:6: ",
        "did you mean residual_norm",
    ),
    "indices": (f"x = Claim({GIVEN}, then=AtMost(theta[i, j, i], 1))", "mine.py:5: ", "indices"),
    "no index": (
        f"from sympy import Symbol\nx = Claim({GIVEN}, then=AtMost(theta[Symbol('q')], 1))",
        "mine.py:6: ",
        "no index",
    ),
    "vector as number": (f"x = Claim({GIVEN}, then=AtMost(gradient[i], 1))", "mine.py:5: ", "vector"),
    "vector plus number": (f"x = Claim({GIVEN}, then=AtMost(norm(gradient[i] + 1), 1))", "mine.py:5: ", "vector"),
    "vector equals number": (f"x = Claim({GIVEN}, then=Equal(gradient[i], loss))", "mine.py:5: ", "vector"),
    "product of vectors": (f"x = Claim({GIVEN}, then=AtMost(w[i] * v, 1))", "mine.py:5: ", "dot"),
    "float": (f"x = Claim({GIVEN}, then=AtMost(loss, 0.5))", "mine.py:5: ", "float"),
    "box variable": (
        "from sympy import Symbol\nx = Claim(given=Box(variables={Symbol('x'): (0, 1)}), then=AtMost(Symbol('y'), 1))",
        "mine.py:6: ",
        "y is not among the variables x",
    ),
    "teacher axis": (f"x = Claim({GIVEN}, then=AtMost(loss, dot(w[i], z[a])))", "mine.py:5: ", "runs over teachers"),
    "mutant": (
        f"x = Claim({GIVEN}, then=AtMost(loss, loss), mutants={{'m': Mutant(then=AtMost(w[i], 1))}})",
        "mine.py:5: ",
        "mutant 'm'",
    ),
    "because": (
        f"x = Claim({GIVEN}, then=AtMost(loss, loss), because=('xu23a/lemma-2',))",
        "mine.py:5: ",
        "did you mean xu23a/",
    ),
    "exception": ("def f():\n    return 1 / 0\n\nf()", "mine.py:6: ", "ZeroDivisionError"),
    "name": (f"x = Claim({GIVEN}, then=AtMost(lossy, 1))", "mine.py:5: ", "'lossy' is not defined"),
    "syntax": ("x = = 1", "mine.py:5: ", "invalid syntax"),
    "import": ("import no_such_module", "mine.py:5: ", "no_such_module"),
    "exit": ("raise SystemExit(3)", "mine.py: ", "exit"),
    "nothing": ("y = 1", "mine.py: ", "no claims"),
    "shadow": (
        "own = Quantity(name='loss', latex='L', meaning='', source='', define=lambda setting: 1)\n"
        + f"x = Claim({GIVEN}, then=AtMost(loss, 1))",
        "mine.py: ",
        "choose another name",
    ),
    "twice": (f"x, y = (Claim(id='same', {GIVEN}, then=AtMost(loss, k)) for k in (1, 2))", "mine.py: ", "twice"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_one_clear_line(write, mistake):
    text, place, remedy = MISTAKES[mistake]
    with pytest.raises(UserFileError) as caught:
        load_user_claims(write(HEAD + text + "\n"))
    message = str(caught.value)
    assert message.startswith(place), message
    assert remedy in message, message
    assert "\n" not in message
    assert "Traceback" not in message


def test_unknown_name_and_unreadable_files(write, tmp_path):
    path = write(DESIGN)
    with pytest.raises(UserFileError, match="did you mean residual_bound"):
        load_user_claims(path, "residual_bund")
    with pytest.raises(UserFileError, match="check the path"):
        load_user_claims("nothing.py")
    (tmp_path / "folder.py").mkdir()
    with pytest.raises(UserFileError, match="can't be read"):
        load_user_claims("folder.py")
    (tmp_path / "binary.py").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserFileError, match="UTF-8"):
        load_user_claims("binary.py")


def test_checks_offers_what_files_import():
    assert checks.Claim is Claim
    assert set(checks._PUBLIC) == set(__import__("checks.api", fromlist=["x"]).__all__)
    assert "Networks" in dir(checks)
    with pytest.raises(AttributeError, match="Nothing"):
        checks.Nothing  # noqa: B018


def test_claims_of_the_papers_are_well_formed():
    from checks.wellformed import fault

    assert {claim.id: wrong for claim in select([]) if (wrong := fault(claim))} == {}
