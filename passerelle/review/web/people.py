"""Who is at the desk: every route asks here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from passerelle.review.accounts.users import ROLES, Role


@dataclass(frozen=True)
class Person:
    """Somebody who uses the desk."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Tell whether this person may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


def current_person(request: Request) -> Person:
    """Give the person who asks; the guard at the door has found out who it is."""
    person: Person | None = request.state.person
    if person is None:
        raise HTTPException(401)
    return person


Signed = Annotated[Person, Depends(current_person)]
"""The person who asks, whatever their role."""


def require(role: Role) -> Callable[[Person], Person]:
    """Make a dependency that gives the person who asks, and refuses those whose role is too low."""

    def allowed(person: Signed) -> Person:
        if not person.may(role):
            raise HTTPException(403)
        return person

    return allowed


Curator = Annotated[Person, Depends(require("curator"))]
"""The person who asks, where only curators may."""
