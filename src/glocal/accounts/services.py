"""Making people, giving them roles and names."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from glocal.accounts import rules
from glocal.accounts.models import Person
from glocal.audit import services as audit
from glocal.core.actor import SYSTEM, Actor, Role
from glocal.core.errors import Conflict, Invalid, NotFound


@transaction.atomic
def register_person(
    *, email: str, password: str, display_name: str = "", role: Role = Role.MEMBER, is_demo: bool = False
) -> Actor:
    """Add a person who can sign in at once; for whoever runs the installation, who vouches for the address.

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
            # confirmed: where no mail is sent nobody else could, and a second factor takes a confirmed one
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    except IntegrityError as clash:
        raise Conflict(_("Somebody already signs in with that address.")) from clash
    audit.record(actor=SYSTEM, act="accounts.person.registered", subject=f"person:{person.pk}", role=role)
    return Actor(user_id=person.pk, role=role)


@transaction.atomic
def give_role(*, email: str, role: Role) -> None:
    """Make a person a steward or a member; for whoever runs the installation.

    Raises:
        NotFound: nobody has that address.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise NotFound(_("Nobody here signs in as %(email)s.") % {"email": email})
    person.role = role
    person.save(update_fields=["role"])
    audit.record(actor=SYSTEM, act="accounts.person.role_given", subject=f"person:{person.pk}", role=role)


@transaction.atomic
def rename_person(*, actor: Actor, display_name: str) -> None:
    """Change the name shown to others beside what one adds; empty: “A member”. The record keeps no names.

    Raises:
        NotAllowed: nobody is signed in.
        Invalid: it is too long, or holds characters nobody sees.
    """
    rules.require_signed_in(actor)
    name = " ".join(display_name.split())
    if len(name) > rules.LONGEST_NAME:
        raise Invalid(_("A name has at most %(most)d characters.") % {"most": rules.LONGEST_NAME})
    if not rules.is_readable(name):
        raise Invalid(_("The name holds characters nobody can see."))
    if Person.objects.filter(pk=actor.user_id or 0).exclude(display_name=name).update(display_name=name):
        audit.record(actor=actor, act="accounts.person.renamed", subject=f"person:{actor.user_id}")
