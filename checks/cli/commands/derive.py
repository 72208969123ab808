"""Derive a formula of a model or of an activation, and print it with the steps of its derivation.

Nothing is typed in: kernels are integrated from the activation, gradients and rates differentiated from the
loss.
"""

from __future__ import annotations

from checks.cli.errors import OK, UsageError, did_you_mean, value_errors_are_usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from checks.cli.console import Console
    from theory.formulas import Derived, Formula
    from theory.model import Model

FORMATS = ("unicode", "latex", "python")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL|ACTIVATION", help="such as xu23a, relu or leaky_relu(1/10)")
    parser.add_argument(
        "--object",
        default="kernel",
        help="kernel (default), loss, gradient, hessian, rhs, potential:NAME, flow:NAME or lojasiewicz; "
        "flow:Z is the time derivative of Z along the gradient flow",
    )
    parser.add_argument("--students", type=_students, metavar="N", help="write sums over N students out")
    parser.add_argument("--format", choices=FORMATS, default="unicode", help="unicode (default), latex or python")


def run(arguments: argparse.Namespace, console: Console) -> int:
    from theory.code import to_python
    from theory.display import to_latex, to_unicode
    from theory.formulas import derive_object

    with value_errors_are_usage():
        derived = derive_object(_model(arguments.model), arguments.object, arguments.students)
    code = to_python(derived)
    steps = [
        {
            "title": step.title,
            "expression": to_unicode(step.expression),
            "latex": to_latex(step.expression),
            "note": step.note,
        }
        for step in derived.steps
    ]
    data = {
        "object": arguments.object,
        "title": derived.title,
        "expression": "\n".join(in_unicode(formula) for formula in derived.formulas),
        "latex": "\n".join(in_latex(formula) for formula in derived.formulas),
        "where": [{"expression": in_unicode(formula), "latex": in_latex(formula)} for formula in derived.where],
        "steps": steps,
        "python": code,
    }
    console.emit(data)
    for line in _lines(derived, steps, code, arguments.format):
        console.print(line)
    return OK


def in_latex(formula: Formula) -> str:
    r"""LaTeX of a formula: \nabla_{w_{i}}L = …, \dot{w}_{i} = …, \frac{d}{dt} Z = …"""
    from theory.display import to_latex

    left = to_latex(formula.left)
    if formula.rate:
        left = left.replace("w", r"\dot{w}", 1) if left.startswith("w") else rf"\frac{{d}}{{dt}} {left}"
    return f"{left} = {to_latex(formula.right)}"


def in_unicode(formula: Formula) -> str:
    """The same in one line of Unicode."""
    from theory.display import to_unicode

    left = to_unicode(formula.left)
    if formula.rate:
        left = left.replace("w", "ẇ", 1) if left.startswith("w") else f"d/dt {left}"
    return f"{left} = {to_unicode(formula.right)}"


def _lines(derived: Derived, steps: list[dict[str, str]], code: str, form: str) -> Iterator[str]:
    if form == "python":
        yield f"# {derived.title}"
        yield code.rstrip()
        return
    latex = form == "latex"
    write: Callable[[Formula], str] = in_latex if latex else in_unicode
    key, comment = ("latex", "% ") if latex else ("expression", "")
    yield from map(write, derived.formulas)
    if derived.where:
        yield from ("", f"{comment}where")
        yield from (write(formula) if latex else f"  {write(formula)}" for formula in derived.where)
    yield from ("", f"{comment}derivation: {derived.title}")
    for step in steps:
        note = f"  [{step['note']}]" if step["note"] else ""
        if latex:
            yield f"% {step['title']}{note}"
            yield step[key]
        else:
            yield f"  {step['title']} = {step[key]}{note}"


def _model(name: str) -> Model:
    from theory.activation import activations, find_activation
    from theory.model import custom_model, models

    if name in models():
        return models()[name]
    if name in activations():
        return custom_model(activation=name)
    if "(" in name and name.partition("(")[0] in activations():
        with value_errors_are_usage():
            return custom_model(activation=find_activation(name))
    known = [*models(), *activations()]
    raise UsageError(f"no model or activation {name!r}", remedy=did_you_mean(name, known, f"known: {', '.join(known)}"))


def _students(text: str) -> int:
    import argparse

    if not text.isdigit() or not 1 <= int(text) <= 12:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of students from 1 to 12")
    return int(text)
