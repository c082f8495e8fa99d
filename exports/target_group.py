"""How a published row names the rule its target group was made by.

Belongs here: the qualifier of `variant` in every file of a set. Not here: the rules (`indicators.people`).

In memory a variant never names the rule, so that a goal, a sheet and a comparison find their figure under any rule. What is
published does, where the rule is not the usual one and the row is of the target group or of those outside it.
"""

from __future__ import annotations

from indicators.categories import TARGET_GROUP_RULES

_GROUPS = frozenset({"T", "R"})


def qualified(variant: str, group: str, rule: str) -> str:
    """The variant as it is published."""
    return "|".join(filter(None, (variant, rule))) if _is_named(group, rule) else variant


def unqualified(variant: str, group: str, rule: str) -> str:
    """What `qualified` was given."""
    return variant.removesuffix(rule).removesuffix("|") if _is_named(group, rule) else variant


def _is_named(group: str, rule: str) -> bool:
    return group in _GROUPS and rule in TARGET_GROUP_RULES[1:]
