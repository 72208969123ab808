"""The definition of a quantity as text: two quantities of one name with one text are the same."""

from __future__ import annotations

from typing import Any

from sympy import srepr

from theory.model import find_model
from theory.quantity import Quantity, Setting

__all__ = ["quantity_text"]


def quantity_text(quantity: Any, given: Any) -> str:
    """Name, axes and definition under the setting of the claim's instances; the bare name where there is no
    model.
    """
    if not isinstance(quantity, Quantity):
        return repr(quantity)
    head = f"{quantity.name}{list(quantity.axes)}"
    name = getattr(given, "model", None)
    if not isinstance(name, str):
        return head
    teachers = getattr(given, "teachers", 1)
    several = (teachers[1] if isinstance(teachers, tuple) else teachers) > 1
    model = find_model(name)
    setting = Setting(
        model=model,
        several_teachers=several or not model.single_teacher,
        weighted=getattr(given, "weighted", False),
    )
    return f"{head} = {srepr(quantity.define(setting))}"
