"""Making people and giving them roles."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from glocal.accounts.models import Person
from glocal.core.actor import Actor, Role
from glocal.core.errors import Conflict, Invalid, NotFound


@transaction.atomic
def register_person(
    *, email: str, password: str, display_name: str = "", role: Role = Role.MEMBER, is_demo: bool = False
) -> Actor:
    """Add a person who can sign in at once.

    Raises:
        Invalid: the address is none, or the password is too weak.
        Conflict: somebody already signs in with that address.
    """
    try:
        validate_email(email)
        validate_password(password, Person(email=email))
    except ValidationError as flaw:
        raise Invalid(" ".join(flaw.messages)) from flaw
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                email, password, display_name=display_name, role=role, is_demo=is_demo
            )
    except IntegrityError as clash:
        raise Conflict(_("Somebody already signs in with that address.")) from clash
    return Actor(user_id=person.pk, role=role)


def give_role(*, email: str, role: Role) -> None:
    """Make a person a steward or a member; for whoever runs the installation.

    Raises:
        NotFound: nobody has that address.
    """
    if not Person.objects.filter(email=email.strip().lower()).update(role=role):
        raise NotFound(_("Nobody here signs in as %(email)s.") % {"email": email})
