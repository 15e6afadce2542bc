"""The words of page furniture in French and English: regular expressions by rule name, matched without case.

``LINES`` match a whole short block, ``STARTS`` the start of a block of up to two lines, ``SECTIONS`` a whole heading
that opens a section of furniture. A rule is named after what it takes away.
"""

import re
from typing import Final

Table = tuple[tuple[str, tuple[str, ...]], ...]

_NETWORKS = (
    "e-?mail|courriel|facebook|linkedin|twitter|x|print|whatsapp|pinterest|messenger|imprimante|threads|bluesky|reddit"
    "|tumblr|instagram|youtube|tiktok|telegram"
)
_RUBRICS = (
    "accueil|abonnements?|annonce[rz]|nous (?:joindre|contacter)|contact(?:ez-nous)?|à propos|qui sommes-nous|"
    "actualités?|nouvelles|sports?|culture|opinions?|chroniques?|nécrologie|avis de décès|petites annonces|emplois?|"
    "carrières|événements?|calendrier|services|boutique|faire un don|connexion|journal numérique|babillard|blogue|"
    "notre équipe|ressources|publications|projets|initiatives|médias|communiqués(?: de presse)?|(?:nos )?membres|"
    "répertoire|formations?|centre de documentation|home|about(?: us)?|contact us|news|subscribe|press releases?|"
    "menu|mon compte|my account|infolettre|newsletter|s['’]abonner|classifieds|éditions? numériques?|e-edition|"
    "advertise|events?|donate|log ?in|jobs|careers|resources|projects|our team|blog|members|directory|training"
)
RUBRIC: Final = re.compile(_RUBRICS, re.IGNORECASE)
"""What an entry of a site's menu says, whole."""
_PAGE = "page|article|publication|post|story|nouvelle|contenu|billet|communiqué|fiche"

LINES: Final[Table] = (
    (
        "skip-link",
        (
            "(skip|jump)( directly)? to( the)?( main| primary)? (content|navigation|menu|footer|sidebar)|skip"
            " navigation",
            "(aller|passer|accéder|sauter)( directement)? (au|vers le) (contenu|menu)( principal)?",
        ),
    ),
    (
        "slider-counter",
        (
            r"(slide |diapositive |image |photo )?\d{1,2} ?(/|of|de|sur) ?\d{1,2}",
            "(previous|next|précédente?|suivante?)( slide)?|(diapositive|image) (précédente|suivante)",
        ),
    ),
    (
        "share-buttons",
        (
            f"(partage[rz]|share)( (cette|ce|this|the|cet))? ?({_PAGE})?( ?:| ?!)?",
            f"(partage[rz]|share) l['’]({_PAGE})( ?:)?",
            f"(partage[rz]|share)([ -](le|la|it|this))? ?(sur|on|via|par|by|avec|to) ({_NETWORKS})"
            r"\b.{0,40}",
            r"(partage[rz]|share)([ -](le|la|it|this))? (sur|on|via|with|avec) "
            r"(votre réseau|vos réseaux( sociaux)?|vos amis|your network|your friends|les réseaux sociaux"
            r"|social media)\b.{0,20}",
            f"({_NETWORKS})",
            f"(imprimer|print)( (cette|this|the) ({_PAGE})| l['’]article)?|(copier|copy)( le| the)? (lien|link)",
            f"((partage[rz]|share) ?:? ?)?({_NETWORKS})( ?[|,/·•-]? ?({_NETWORKS}))+",
            "tweet|tweeter|envoyer( par courriel| à un ami)?|email this( page| article)?|pin it|épingler",
            "(suivez-nous|follow us)( sur| on)?.{0,40}",
        ),
    ),
    (
        "membership",
        (
            "(devenez|devenir|become a) (membre|member)( (sur|de|of|on|du|chez) .{1,60})?( ?!)?",
            "publiez (du|votre) contenu( .{0,120})?|(post|publish) your (own )?(content|news)( .{0,120})?",
            "(vous aussi,? )?(affichez|publiez|annoncez|diffusez) (gratuitement )?(vos|votre) .{3,30}",
            "(créez?|créer) (un|mon|votre) compte( gratuit(ement)?)?|create (an|my|your)( free)? account( for free)?",
            "(signaler|signalez) (cette?|ce) \\w+|(report|flag) this \\w+",
            "(join|rejoignez)( the| la| notre| our) (network|communauté|community|réseau)( ?!)?",
        ),
    ),
    (
        "newsletter",
        (
            r"(abonnez-vous|inscrivez-vous|s['’](abonner|inscrire)|inscription|subscribe|sign up|join)\b.{0,30}"
            r"(infolettre|newsletter|bulletin|mailing list|liste d['’]envoi)s?\b.{0,60}",
            "(notre )?infolettre|(our )?newsletter",
            r"(abonnez-vous|subscribe|sign up)\b.{0,20}\b(alertes?|alerts?)",
            r"(votre|your) (courriel|adresse courriel|e-?mail( address)?)",
            "s['’]abonner|abonnez-vous( maintenant)?|subscribe( now| today| here)?|sign up( now| here)?",
        ),
    ),
    (
        "selector",
        (
            "(sélectionne[zr]|choisi(?:ssez|r)|select|choose)( une?| your| an?| votre| la| le)? "
            r"(ville|municipalité|région|langue|quartier|city|town|region|language)\b.{0,40}",
            "(filtre[rz]|trie[rz]|filter|sort) (par|by) .{3,40}",
            r"\d+ (résultats?|results?)( trouvés?| found)?",
            "tout le québec|toutes les (régions|villes)|all (of québec|of quebec|regions|cities)",
        ),
    ),
    ("search", ("(recherche[rz]?|search)( sur le site| the site| this site| dans le site)?( ?:| ?…)?",)),
    (
        "login",
        (
            "(se )?(connexion|connecter|déconnexion)|log ?(in|out)|sign in|mon compte|my account",
            r"mot de passe oublié ?\?|forgot(ten)?( your)? password ?\?|créer un compte|create an account",
        ),
    ),
    (
        "read-more",
        (
            r"(lire la suite|(en )?savoir plus|lire plus|voir plus|afficher plus|voir tout|voir la fiche|plus"
            r" de détails"
            r"|lire l['’]article|continuer la lecture)( ?[…→»›>]+| ?\.{3})?",
            r"(read more|learn more|see more|view more|show more|load more|view all|see all|continue reading"
            r"|find out more|read the article)( ?[…→»›>]+| ?\.{3})?",
        ),
    ),
    (
        "pager",
        (
            r"(page|article|fiche|projet|initiative|publication) (précédente?|suivante?) ?[:|–—-] ?.{3,150}",
            r"(previous|next|prev) (page|article|post|story|profile|project|initiative) ?[:|–—-] ?.{3,150}",
            r"(see|view|browse|consulte[rz]|voir) (the |our |les |nos )?(other|autres) "
            r"(\w+ )?(profiles?|projects?|initiatives?|alliances|fiches?|projets?)( .{0,40})?",
        ),
    ),
    ("back-to-top", ("(retour )?(en haut|au haut|haut)( de( la)? page)?|(back to )?top( of page)?|scroll to top",)),
    (
        "menu",
        (
            "menu( principal)?|main menu|(ouvrir|fermer|open|close|toggle)( le| the)? (menu|navigation)|fermer|close",
            rf"(?:{_RUBRICS})(?: ?[>»›/] ?[^>»›/]{{2,60}}){{1,4}}",
            rf"accueil|home( page)?|(?:{_RUBRICS})(?:[ |•·/>]+(?:{_RUBRICS}))+",
            r"français|english|fr|en|fr ?[|/] ?en|en ?[|/] ?fr|français ?[|/] ?english|english ?[|/] ?français",
        ),
    ),
    (
        "copyright",
        (r"(©|\(c\) ?(19|20)|copyright\b).{0,150}", "tous droits réservés.{0,100}|all rights reserved.{0,100}"),
    ),
    (
        "consent",
        (
            "((tout|j['’])? ?)?(accepte[rz]?|refuse[rz]?)( tout| tous)?( les)? (cookies|témoins)( de connexion)?",
            "(accept|reject|decline|allow)( all)? cookies|tout (accepter|refuser)|(accept|reject) all",
            r"(gérer|manage|paramètres des|cookie)( mes| my| les)? (témoins|cookies|settings|preferences"
            r"|consent)\b.{0,40}",
        ),
    ),
    (
        "advertisement",
        (
            "publicité|advertisement|advertising|sponsored( content)?|contenu commandité|publireportage",
            r"(la suite|l['’]article se poursuit|story continues|article continues)( après| below| sous)\b.{0,40}",
        ),
    ),
)  # fmt: skip

STARTS: Final[Table] = (
    (
        "consent",
        (
            "(nous utilisons|ce site( web| internet)? utilise|notre site( web| internet)? utilise|en"
            " poursuivant votre navigation"
            r"|we use|this (web)?site uses|our (web)?site uses)\b.{0,80}\b(cookies|témoins)\b",
        ),
    ),
    (
        "related",
        (
            r"((à )?lire (aussi|également|notre dossier)|à (voir|écouter|consulter) (aussi|également)|voir aussi|à lire"
            r"|read (also|more|next)|also read|see also|related|sur le même sujet) ?[:|–—-] ?.{3,200}$",
        ),
    ),
    (
        "comments",
        ("(votre adresse (courriel|de messagerie|e-mail)|your email address) (ne sera pas|will not be) publi",),
    ),
)  # fmt: skip

SECTIONS: Final[Table] = (
    (
        "related",
        (
            "(à |à )?(lire|voir|découvrir) (aussi|également|ensuite)|sur le même sujet|dans la même catégorie",
            "articles? (similaires?|connexes?|reliés?|liés?|récents?|suggérés?)",
            "(nouvelles|actualités|contenus?|publications?|communiqués?|projets?) "
            r"(similaires?|connexes?|reliée?s?|récente?s?|liée?s?)",
            "(ces articles|cela|ça) (pourraient|pourrait|devrait)( aussi)? vous intéresser",
            "vous (aimerez|pourriez)( peut-être| aussi)? .{0,30}|autres (nouvelles|articles|actualités)",
            "(nos|our) (recommandations|suggestions|recommendations|picks)|(recommandé|suggéré)s? pour vous"
            "|à ne pas manquer",
            "dernières (nouvelles|actualités)|(les )?(articles )?les plus (lus|populaires)|tendances",
            "related( posts?| articles?| stories| content| news| reading| coverage)?",
            "you (may|might)( also)? (like|enjoy|be interested).{0,20}|(more|other) (stories|news|articles"
            "|posts).{0,30}",
            "more (from|on|in) .{0,30}|recommended( for you| reading)?|suggested (articles|reading)",
            "(latest|recent|popular|similar|top|trending) (news|posts?|articles?|stories|(press )?releases?)|"
            "trending( now)?",
            "most (read|popular|viewed)|(what to )?read (next|more)|editors?['’]s? picks|don['’]t miss",
        ),
    ),
    (
        "comments",
        (
            r"(\d+ )?(commentaires?|comments?|réponses|responses)( \(\d+\))?|\d* ?(thoughts?|réflexions?) (on"
            r"|sur) .{0,70}",
            "(laisser|laissez|ajouter|écrire|publier)( une?| votre)? (commentaire|réponse).{0,40}",
            "(leave|post|add|write) a (reply|comment|response).{0,40}|join the (conversation|discussion)",
        ),
    ),
    (
        "share-buttons",
        (
            f"(partage[rz]|share)( (cette|ce|cet|this|the) ({_PAGE})| l['’]article)?( ?:)?|suivez-nous|follow us",
        ),
    ),
    ("newsletter", ("(notre )?infolettre|(our )?newsletter|inscrivez-vous à (l['’]|notre )infolettre",)),
)  # fmt: skip
