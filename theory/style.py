r"""Two ways to write the same layout: LaTeX source, and one line of Unicode."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

__all__ = ["LATEX", "UNICODE", "Style"]

_SUPERSCRIPTS = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_SUBSCRIPTS = str.maketrans("0123456789ijklamn", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₐₘₙ")
_GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "varphi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Xi": "Ξ",
    "Pi": "Π",
    "Sigma": "Σ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
}

_LATEX_WORDS = {
    "sin": r"\sin",
    "cos": r"\cos",
    "tan": r"\tan",
    "exp": r"\exp",
    "log": r"\ln",
    "acos": r"\arccos",
    "asin": r"\arcsin",
    "atan": r"\arctan",
    "sum": r"\sum",
    "int": r"\int",
    "max": r"\max",
    "min": r"\min",
    "angle": r"\angle",
    "E": r"\mathbb{E}",
    "P": r"\mathbb{P}",
    "inf": r"\infty",
    "neq": r"\neq",
    "leq": r"\leq",
    "to": r"\to",
    "pi": r"\pi",
    "d/dt": r"\frac{d}{dt}",
    "lines": r"\angle_{\pm}",
    "and": r"\;\text{ and }\;",
    "one": r"\mathbb{1}",
    "Omega": r"\Omega",
    "geq": r"\geq",
    "euler": r"\gamma",
    "minus": "-",
    "in": r"\in",
}
_UNICODE_WORDS = {
    "log": "ln",
    "acos": "arccos",
    "asin": "arcsin",
    "atan": "arctan",
    "sum": "Σ",
    "int": "∫",
    "angle": "∠",
    "inf": "∞",
    "neq": "≠",
    "leq": "≤",
    "to": "→",
    "pi": "π",
    "lines": "∠±",
    "and": " and ",
    "one": "1",
    "Omega": "Ω",
    "geq": "≥",
    "euler": "γ",
    "minus": "−",
    "in": "∈",
}


class Style(Protocol):
    """How each element of a layout is written."""

    def name(self, name: str) -> str: ...
    def quantity(self, latex: str, name: str) -> str: ...
    def sub(self, base: str, indices: Sequence[str]) -> str: ...
    def power(self, base: str, exponent: str) -> str: ...
    def fraction(self, above: str, below: str, atomic: tuple[bool, bool]) -> str: ...
    def root(self, inside: str, degree: str) -> str: ...
    def bracket(self, inside: str) -> str: ...
    def fence(self, kind: str, inside: str) -> str: ...
    def unit(self, base: str, indices: Sequence[str]) -> str: ...
    def word(self, name: str) -> str: ...
    def under(self, sign: str, below: str, above: str = "") -> str: ...
    def product(self, factors: Sequence[str]) -> str: ...


class _Latex:
    def name(self, name: str) -> str:
        base, _, index = name.partition("_")
        stem = base.rstrip("'")
        base = (f"\\{stem}" if stem in _GREEK else stem) + base[len(stem) :]
        if not index:
            return base
        return rf"{base}_{{\mathrm{{{index}}}}}" if index.isalpha() and len(index) > 1 else f"{base}_{{{index}}}"

    def quantity(self, latex: str, name: str) -> str:
        return latex

    def sub(self, base: str, indices: Sequence[str]) -> str:
        if not indices:
            return base.replace("_{#}", "")
        short = all(len(index) == 1 or index.startswith("\\") for index in indices)
        text = ("" if short else ", ").join(indices)
        return base.replace("#", text) if "#" in base else f"{base}_{{{text}}}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    def fraction(self, above: str, below: str, atomic: tuple[bool, bool]) -> str:
        return rf"\frac{{{above}}}{{{below}}}"

    def root(self, inside: str, degree: str) -> str:
        return rf"\sqrt[{degree}]{{{inside}}}" if degree != "2" else rf"\sqrt{{{inside}}}"

    def bracket(self, inside: str) -> str:
        return rf"\left({inside}\right)"

    def fence(self, kind: str, inside: str) -> str:
        left, right = {
            "norm": (r"\lVert ", r"\rVert"),
            "inner": (r"\langle ", r"\rangle"),
            "magnitude": (r"\lvert ", r"\rvert"),
            "square": (r"\left[", r"\right]"),
        }[kind]
        return f"{left}{inside}{right}"

    def unit(self, base: str, indices: Sequence[str]) -> str:
        return self.sub(rf"\bar{{{base}}}", indices)

    def word(self, name: str) -> str:
        return _LATEX_WORDS.get(name, rf"\operatorname{{{name}}}" if len(name) > 1 else name)

    def under(self, sign: str, below: str, above: str = "") -> str:
        return f"{sign}_{{{below}}}" + (f"^{{{above}}}" if above else "")

    def product(self, factors: Sequence[str]) -> str:
        return " ".join(factors)


class _Unicode:
    def name(self, name: str) -> str:
        base, _, index = name.partition("_")
        stem = base.rstrip("'")
        base = _GREEK.get(stem, stem) + base[len(stem) :]
        return self.sub(base, [index]) if index else base

    def quantity(self, latex: str, name: str) -> str:
        return plain(latex)

    def sub(self, base: str, indices: Sequence[str]) -> str:
        if not indices:
            return base.replace("#", "")
        joined = ("" if all(len(index) == 1 for index in indices) else ",").join(indices)
        small = joined.translate(_SUBSCRIPTS)
        known = all(letter in "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₐₘₙ" for letter in small)
        text = small if known else "_" + (joined if len(joined) == 1 else f"{{{joined}}}")
        return base.replace("#", text) if "#" in base else base + text

    def power(self, base: str, exponent: str) -> str:
        small = exponent.translate(_SUPERSCRIPTS)
        return base + small if exponent.lstrip("-").isdigit() else f"{base}^({exponent})"

    def fraction(self, above: str, below: str, atomic: tuple[bool, bool]) -> str:
        above = above if atomic[0] else f"({above})"
        return f"{above}/{below if atomic[1] else f'({below})'}"

    def root(self, inside: str, degree: str) -> str:
        sign = {"2": "√", "3": "∛", "4": "∜"}.get(degree, f"root[{degree}]")
        return f"{sign}{inside}" if len(inside) == 1 else f"{sign}({inside})"

    def bracket(self, inside: str) -> str:
        return f"({inside})"

    def fence(self, kind: str, inside: str) -> str:
        left, right = tuple({"norm": "‖‖", "inner": "⟨⟩", "magnitude": "||", "square": "[]"}[kind])
        return f"{left}{inside}{right}"

    def unit(self, base: str, indices: Sequence[str]) -> str:
        return self.sub(base + "\u0304", indices)

    def word(self, name: str) -> str:
        return _UNICODE_WORDS.get(name, name)

    def under(self, sign: str, below: str, above: str = "") -> str:
        low = below if len(below) == 1 else f"{{{below}}}"
        high = above if len(above) == 1 else f"{{{above}}}"
        return f"{sign}_{low}" + (f"^{high}" if above else "")

    def product(self, factors: Sequence[str]) -> str:
        return " ".join(factors)


_MACROS = {
    r"\\(?:mathrm|operatorname|text|bar)\{([^{}]*)\}": r"\1",
    r"\\lVert\s*|\\rVert\s*": "‖",
    r"\^\{\\top\}": "ᵀ",
    r"\^\{\\perp\}": "⊥",
    r"\^\{\\parallel\}": "∥",
    r"\\nabla\s*": "∇",
    r"\\partial": "∂",
    r"\\(max|min)": r"\1",
    r"\\([,;! ]|left|right)": "",
    r"_\{#\}": "#",
    r"([_^])\{(.)\}": r"\1\2",
}


def plain(latex: str) -> str:
    """Short LaTeX, such as that of a quantity, in Unicode."""
    for pattern, replacement in _MACROS.items():
        latex = re.sub(pattern, replacement, latex)
    latex = re.sub(r"\\([A-Za-z]+)", lambda match: _GREEK.get(match[1], match[1]), latex)
    return re.sub(r"\^([0-9])", lambda match: match[1].translate(_SUPERSCRIPTS), latex)


LATEX: Style = _Latex()
UNICODE: Style = _Unicode()
