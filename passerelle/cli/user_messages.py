"""What ``passerelle users`` says, in French and in English; what is refused is in ``words_accounts.yml``."""

USERS: dict[str, tuple[str, str]] = {
    "users.password": ("Nouveau mot de passe : ", "New password: "),
    "users.password-again": ("Encore une fois : ", "Once more: "),
    "users.passwords-differ": (
        "Les deux mots de passe ne sont pas les mêmes; rien n’est changé.",
        "The two passwords are not the same; nothing is changed.",
    ),
    "users.no-way-in": (
        "Sans mot de passe, il faut --email : le fournisseur d’identité reconnaît la personne par son courriel.",
        "Without a password, --email is needed: the identity provider knows the person by their e-mail.",
    ),
    "users.added": ("Le compte de {name} est ouvert ({role}).", "The account of {name} is open ({role})."),
    "users.password-changed": (
        "Le mot de passe de {name} est changé; toutes ses sessions sont fermées.",
        "The password of {name} is changed; all their sessions are closed.",
    ),
    "users.role-changed": (
        "{name} a maintenant le rôle {role}; ses sessions sont fermées.",
        "{name} now has the role {role}; their sessions are closed.",
    ),
    "users.was-disabled": (
        "{name} n’entre plus; ses sessions sont fermées.",
        "{name} is let in no more; their sessions are closed.",
    ),
    "users.was-enabled": ("{name} entre de nouveau.", "{name} is let in again."),
    "users.none": (
        "Il n’y a pas de compte : le bureau n’est ouvert qu’à cet ordinateur."
        " Créez le premier : {command} users add VOTRE-NOM --role admin",
        "There are no accounts: the desk is open to this computer only."
        " Make the first one: {command} users add YOUR-NAME --role admin",
    ),
}
"""Key → (French, English)."""
