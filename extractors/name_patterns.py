"""How French and English sentences introduce an initiative by name: the patterns, as data.

Each pattern has one of the groups ``quoted`` (between quotation marks), ``said`` (up to the next verb or mark),
``full``
with ``acronym`` and ``tail`` (spelled out), or ``name`` (capitalised words), and may have ``kind`` and ``article``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.base import Language

UPPER = r"A-ZÀ-ÖØ-Þ"
ACRONYM = rf"[{UPPER}][{UPPER}0-9&.-]{{1,9}}"
VERBS = (
    r"qui|que|est|sont|a|ont|vise|visent|dont|permet|permettent|offre|offrent|propose|proposent|"
    r"s[’']adresse|s[’']adressent|aide|aident|"
    r"accueille|accueillent|réunit|réunissent|vient|viennent|roule|mobilise|cherche|accompagne|"
    r"accompagnent|rassemble|met|mise|"
    r"assure(?:nt)?|forme(?:nt)?|jumelle(?:nt)?|préviennent|prévient|montre(?:nt)?|soutient|soutiennent|rejoint|"
    r"rejoignent|envoie(?:nt)?|ouvre(?:nt)?|donne(?:nt)?|invite(?:nt)?|apporte(?:nt)?|outille(?:nt)?|sends|gives|teaches|"
    r"a obtenu|is|are|was|were|which|that|aims?|offers?|has|have|helps?|brings?|reaches|provides|"
    r"supports|welcomes|pairs|asks|runs"
)
"""Words that end a name whose own words are not capitalised."""

_GAP = r"[\s ]"
_WORD = rf"(?:[{UPPER}](?:[\w’'·∙&.-]*\w)?\b(?!['’]))"
_DIGITS = rf"(?:\d{{1,3}}|\d+[A-Z]+)\b(?![/:,%]|{_GAP}?(?:h|ans|%))"
_JOIN = r"(?:d[eu]s?\s|de la\s|de l[’']|d[’']|à la\s|à l[’']|à\s|aux?\s|en\s|of\s|of the\s|for\s|l[’'])"
NAME = rf"{_WORD}(?:{_GAP}+(?:{_JOIN})?(?:{_WORD}|{_DIGITS}))*"
_QUOTED = rf"[«“\"]{_GAP}*(?P<quoted>[^«»“”\"\n]{{2,90}}?){_GAP}*[»”\"]"
_SPELLED = rf"(?P<full>[{UPPER}][^()\n.;:«»,]{{2,80}}?){_GAP}\((?P<acronym>{ACRONYM})\)(?P<tail>(?:{_GAP}{_WORD})*)"
_ARTICLE = rf"(?P<article>(?:les|le|la|l[’']|Les|Le|La|L[’']){_GAP}?)"

_FRENCH_KIND = (
    r"projets?[ -]pilotes?|projet|programme|initiative|service|campagne|démarche|plateforme|formation|parcours|ligne|"
    r"patrouille"
)
_NETWORK_KIND = r"réseau|chantier|laboratoire|brigade|escouade|caravane|cercle|clinique|halte|forum|concertation"
_ENGLISH_KIND = (
    r"pilot project|project|program(?:me)?|initiative|service|campaign|network|partnership|workshops?|clinic|"
    r"drop-in|"
    r"helpline|lab|squad|patrol|(?:outreach|mobile|response) team"
)
_TEAM = r"Collectif|Équipe|Patrouille|Unité|Escouade|Brigade|Cellule|Tandem|Duo"
_TEAM_NOUN = r"équipe|patrouille|escouade|brigade|cellule|tandem|duo|réseau|team|squad|patrol"
_SET_UP = (
    r"maisons? de transition|logements? de transition|haltes?-(?:répit|chaleur|garderie)|milieu de (?:vie|jour)|"
    r"frigo communautaire|cuisine collective|friperie|jardin (?:collectif|communautaire)|balado|websérie|trousse|guide|"
    r"groupe (?:d[’']entraide|de soutien|de parole)|drop-in|support group|community (?:fridge|garden|kitchen)|toolkit|"
    r"podcast|transitional hou(?:se|sing)|warming (?:centre|center)|phone line|hotline|walking school bus|tool library|"
    r"(?:homework|breakfast|running) club|club de (?:devoirs|course|déjeuners)|aide aux devoirs|répit"
)
"""What organisations set up that bears a name and is no organisation itself."""
_GATHERING = (
    r"(?:groupe|cercle|club) (?:d[’']entraide|de (?:soutien|parole|marche|lecture|jeu|discussion))|"
    r"cuisines? collectives?|"
    r"café-(?:rencontre|causerie)s?|halte-(?:répit|garderie|chaleur)|(?:support|peer|walking|reading) group|"
    r"community (?:kitchen|garden|fridge)"
)
"""What people come together for, and that somebody runs."""
_FRENCH_TRAIT = (
    rf"(?:{_GAP}(?:communautaire|collectif|collective|novateur|novatrice|intersectoriel|intersectorielle|"
    rf"jeunesse|pilote))?"
)
_WEEKDAY = r"(?:[Oo]n )?(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_CALLED = (
    r"(?:(?:(?:a été|fut|est|sera|était|qu[’']on a|we(?:[’']ve)? |has been|was|is) )?"
    r"(?:intitulée?|nommée?|appelée?|baptisée?|dénommée?|surnommée?|called|named|titled|entitled|known as|dubbed|"
    r"christened)|du nom de|(?:qui )?porte le (?:joli |beau |doux )?(?:nom|titre)(?: de| d[’'])?|s[’']appelle(?:ra)?|"
    r"(?:qui )?a pour (?:nom|titre)|répond au (?:joli |doux )?nom de|goes by the name(?: of)?)"
)
_LED = (
    r"(?:mise?s? (?:en place|sur pied|de l[’']avant)|portée?s?|menée?s?|pilotée?s?|coordonnée?s?|"
    r"initiée?s?|développée?s?|offerte?s?|"
    r"animée?s?|lancée?s?|chapeautée?s?|créée?s?|organisée?s?)"
    rf"(?:{_GAP}(?:en|depuis|dès|à)(?: (?:\w+|l[’']\w+))?{_GAP}(?:19|20)\d\d|"
    rf"{_GAP}(?:à|au){_GAP}{_WORD})? par|(?:led|run|created|developed|"
    r"coordinated|launched|offered|managed|"
    rf"founded|started|set up|organi[sz]ed|delivered)"
    rf"(?:{_GAP}(?:in|since)(?:{_GAP}\w+)?{_GAP}(?:19|20)\d\d|{_GAP}(?:in|at|across)(?:{_GAP}{_WORD}){{1,3}})? by"
)
_LED_AFTER = rf",{_GAP}(?:(?:an?|une?|the|la|le){_GAP}[\w-]+(?:{_GAP}[\w-]+){{0,3}}{_GAP})?(?:{_LED})\b"
_APPOSITION = (
    rf",{_GAP}(?:(?:une?|an?|the|la|le|notre|son|sa|leur|our|its|their){_GAP}|l[’'])"
    rf"(?:[\w-]+{_GAP}){{0,2}}(?P<kind>{_FRENCH_KIND}|{_NETWORK_KIND}|{_ENGLISH_KIND}|{_TEAM_NOUN}|{_SET_UP})\b"
)
_WILL = r"[a-zà-ÿ]+(?:era|ira|ura|dra|vra|eront|iront|dront)|will"
"""What a sentence goes on to tell of what it named: 's'appelle Exemple et couvrira'."""
_BARE_APPOSITION = (
    rf",{_GAP}(?P<kind>service|programme|projet|campagne|clinique|halte|ligne|caravane){_GAP}"
    rf"(?!(?:de{_GAP})?(?:la{_GAP})?(?:police|sécurité|protection)|d[’']incendie|incendie)"
    rf"(?:[a-zà-ÿ-]+{_GAP}){{0,2}}(?:d[eu]s?\b|d[’']|pour\b|qui\b)"
)
"""What a name is, said after it without an article: 'Le Comptoir exemple, service mobile de'."""
_OURS = r"(?:[Ll]eur|[Ss]on|[Nn]otre|[Tt]heir|[Ii]ts|[Oo]ur)"

SAID = re.compile(
    rf"\b(?P<kind>{_FRENCH_KIND}|{_NETWORK_KIND}|{_ENGLISH_KIND})(?:{_GAP}\w+)?,?{_GAP}{_CALLED}{_GAP}"
    rf"(?P<said>[{UPPER}](?:(?!\b(?:{VERBS})\b|\b(?:et|and){_GAP}(?:{_WILL})\b)[^.,;:()«»“”\"\n]){{2,60}}?)"
    rf"(?=[.,;:()]|{_GAP}(?:{VERBS})\b|{_GAP}(?:et|and){_GAP}(?:{_WILL})\b|$)"
)
PARTICLED = re.compile(
    rf"\b(?P<kind>(?i:{_FRENCH_KIND})){_FRENCH_TRAIT}{_GAP}(?P<said>(?:(?:À|Au|Aux|En|Dans|Pour|Chez|Sans|Sur|Entre|"
    rf"Avec|"
    rf"Vers|Par|Du|Des|De|Une?|Mon|Ma|Mes|Ton|Ta|Tes|Notre|Votre|Ça|On|Je|Tu|Tous|Toutes|Tout|Comme){_GAP}|[DJC][’'])"
    rf"(?:(?!\b(?:{VERBS})\b)[^.,;:()«»“”\"\n]){{2,60}})(?=[.,;:()]|{_GAP}(?:{VERBS})\b|$)"
)
"""A name that begins with a small word in a capital: 'le programme Au fil des saisons, lancé'."""
FRENCH = re.compile(
    rf"\b(?P<kind>(?i:{_FRENCH_KIND})){_FRENCH_TRAIT}(?:,?{_GAP}{_CALLED}|{_GAP}?:)?{_GAP}{_ARTICLE}?"
    rf"(?:{_QUOTED}|{_SPELLED}|(?P<name>{NAME}))"
)
NETWORK = re.compile(
    rf"\b(?P<kind>(?i:{_NETWORK_KIND})){_GAP}(?:d[eu]s?{_GAP}|de la{_GAP}|de l[’']|d[’'])?(?:{_QUOTED}|"
    rf"(?P<name>{NAME}))"
)
POSSESSED = re.compile(
    rf"\b{_OURS}{_GAP}(?:\w+{_GAP})?(?P<kind>{_FRENCH_KIND}|{_ENGLISH_KIND}){_FRENCH_TRAIT},{_GAP}"
    rf"(?:{_ARTICLE}|the{_GAP})?(?:{_QUOTED}|(?P<name>{NAME}))"
)
LAUNCHED = re.compile(
    rf"\b(?:lancer|lance|lancé|lancent|mettre sur pied|mis sur pied|créer|créé|inaugurer|inauguré|"
    rf"dévoile|dévoilé|dévoilent|présenté|unveil(?:s|ed)?|to launch|launched|launches|launch)"
    rf"(?:{_GAP}(?:aujourd[’']hui|today|officiellement|ensemble|officially|hier|yesterday|{_WEEKDAY}))?{_GAP}"
    rf"(?:[«“\"]{_GAP}*(?P<quoted>[{UPPER}][^«»“”\"\n]{{2,90}}?){_GAP}*[»”\"](?=,{_GAP}(?:une?|an?)\b)|"
    rf"(?P<name>(?:(?:Les|Le|La|The){_GAP}|L[’']){NAME}))"
)
STARTED = re.compile(
    rf"\b(?:lancer|lance(?:nt)?|lancé|(?:mettre|met(?:tent)?|mis) (?:sur pied|en place)|crée(?:nt)?|inaugure(?:nt)?|"
    rf"déploie(?:nt)?|(?:lancement|déploiement|création|mise sur pied) d(?:e|u|es)|"
    rf"launch of|launch(?:es|ed)?|set(?:s|ting)? up){_GAP}(?:(?:l[ea]s?|the|de la|de l[’']|l[’']){_GAP}?)?"
    rf"(?P<name>(?P<kind>{_TEAM}){_GAP}{NAME})"
)
TEAM = re.compile(rf"(?P<name>(?P<kind>{_TEAM}){_GAP}(?!d[eu]s?{_GAP}){NAME})")
"""A team that bears a name of its own is an initiative, not an organisation."""
APPOSED = re.compile(
    rf"(?P<name>(?:(?:Les|Le|La|The){_GAP}|L[’'])?{NAME}"
    rf"(?:{_GAP}(?:and|et|&){_GAP}{NAME})?"
    rf"(?:{_GAP}(?!(?:{VERBS})\b)[a-zà-ÿ][\w’'-]*){{0,5}}){_APPOSITION}"
)
"""What a name is, said after it: 'Exemple en suite, une démarche de'."""
BARE_APPOSED = re.compile(
    rf"(?P<name>(?:(?:Les|Le|La){_GAP}|L[’'])?{NAME}(?:{_GAP}(?!(?:{VERBS})\b)[a-zà-ÿ][\w’'-]*){{0,4}}){_BARE_APPOSITION}"
)
INTRODUCED = re.compile(
    rf"\b(?:[Aa]n?|[Uu]ne?|[Ss]on|[Ss]a|[Ii]ts|[Tt]heir|[Ll]eur|[Nn]otre|[Oo]ur){_GAP}(?:[\w’'-]+{_GAP}){{0,2}}"
    rf"(?P<kind>{_FRENCH_KIND}|{_NETWORK_KIND}|{_ENGLISH_KIND}|{_SET_UP}|atelier|club)\b(?:{_GAP}(?:d[eu]s?|d[’']|of|for|pour)[^.,;:()]{{2,30}})?"
    rf",{_GAP}(?:(?:the|l[ea]s?){_GAP}|l[’'])?(?P<name>{NAME}(?:{_GAP}(?!(?:{VERBS})\b)[a-zà-ÿ][\w’'-]+){{0,3}}),"
)
"""What a thing is called, said after what it is: 'a sister drop-in, the Example Kitchen, two streets from'."""
QUOTED_APPOSED = re.compile(rf"{_QUOTED}{_GAP}?{_APPOSITION}")
"""The same after a name between quotation marks: '« Exemple », un programme de'."""
EXPLAINED = re.compile(
    r"[\s»”\"]*, (?:une?|an?|notre|son|sa|leur|our|its|their) (?:[\w-]+ ){0,2}"
    r"(?!(?:\w+ )?(?:fonds|fund|entente|bourse)\b)[\w-]+ (?!(?:du|de l'|of the|from the) "
    r"(?:gouvernement|ministere|secretariat|government|ministry))"
)
"""What follows, folded, a name that the sentence goes on to present."""
DEFINED = re.compile(
    rf"^(?:{_QUOTED}|(?P<name>(?:(?:Les|Le|La|The){_GAP}|L[’'])?(?!(?:Le|La|Les|L|The|Ce|Cette|Cet|This|Notre|Our|Il|"
    rf"Elle|"
    rf"It|Un|Une|An?|Mon|Son|Sa|Leur|Their|Its)\b){NAME}(?:{_GAP}(?!(?:{VERBS})\b)[a-zà-ÿ][\w’'-]*){{0,4}}))"
    rf"{_GAP}(?:est|is){_GAP}(?:une?|an?|le|la|the){_GAP}(?:[\w-]+{_GAP}){{0,2}}(?P<kind>{_FRENCH_KIND}|"
    rf"{_NETWORK_KIND}|{_ENGLISH_KIND}|{_TEAM_NOUN})\b"
)
"""What a name is, said by the sentence that opens a paragraph: 'Exemple est un projet de'."""
OWNED = re.compile(
    rf"(?P<name>(?:La|Le|Les|The){_GAP}{NAME}),{_GAP}(?:d(?:u|es|e la|e l[’'])|de|d[’']|of(?: the)?|by){_GAP}?"
    rf"(?:l[’']organisme{_GAP})?(?:Centre|Maison|Carrefour|Association|Fondation|Regroupement|Entraide|Société|Club|"
    rf"Coopérative|Corporation|Foundation|Society|Organi[sz]ation){_GAP}[^,.;\n]{{2,60}},{_GAP}(?:a|est|sera|has|is|"
    rf"was|will)\b"
)
"""What belongs to an organisation: 'La Maison Exemple, du Centre Exemple, a'."""
ROLLED_OUT = re.compile(
    rf"\b(?:déployer|déploie(?:nt|ra|ront)?|déployé|déploiement de|mettre en œuvre|pérenniser|bonifier|"
    rf"roll(?:s|ed|ing)? out|scal(?:e|es|ed|ing) up){_GAP}"
    rf"[«“\"]{_GAP}*(?P<quoted>[{UPPER}][^«»“”\"\n]{{2,60}}?){_GAP}*[»”\"]"
)
"""What is carried out, between quotation marks: only what people do together is."""
BEGUN = re.compile(
    rf"(?:^|[.!?]{_GAP})(?P<name>(?!(?:It|He|She|They|This|That|Il|Elle|On|Ce|Cela|Ça)\b){NAME}){_GAP}"
    rf"(?:was|a été|fut|has been){_GAP}(?:first{_GAP}|d[’']abord{_GAP})?"
    rf"(?:started|launched|set up|piloted|rolled out|lancée?|mise? (?:sur pied|en place|en œuvre)|démarrée?|amorcée?|"
    rf"initiée?)\b(?=[^.\n]{{0,60}}\b(?:by|par|with|avec)\b)"
)
"""What someone began, said of it as its subject: 'Exemple was started in 2021 by'."""
BORN = re.compile(
    rf"\b(?:(?:est|sont|était)(?:{_GAP}(?:ainsi|donc|aussi))?{_GAP}née?s?|(?:a|ont){_GAP}(?:ainsi{_GAP})?vu le jour)\b"
    rf"(?:,{_GAP}[^.,;:]{{3,50}},)?{_GAP}(?:l[ea]s?{_GAP}|l[’'])(?P<name>{NAME}(?:{_GAP}(?!(?:{VERBS})\b)[a-zà-ÿ][a-zà-ÿ-]{{2,}})?)"
    rf"(?=[.,;]|{_GAP}(?:{VERBS})\b)"
)
"""What came into being, named after the verb: 'De ce constat est né, en 2019, le Relais exemple.'"""
RUN = re.compile(
    rf"\b(?:who{_GAP}(?:runs|leads|coordinates|heads|started)|qui{_GAP}(?:anime|dirige|coordonne|pilote|mène))"
    rf"{_GAP}(?:(?:the|l[ea]s?){_GAP}|l[’'])(?P<name>{NAME}){_GAP}(?:for|pour|au|à)\b"
)
"""What somebody runs for someone: 'says Exemple Roy, who runs the Example for the Example Circle'."""
FUNDED = re.compile(
    rf"(?:\$|\bdollars\b)[^.\n]{{0,140}}?\b(?:[Ff]or|[Pp]our){_GAP}(?:(?:its|their|the|les?|la|son|sa|leurs?){_GAP}|l[’'])?"
    rf"(?:{_QUOTED}|(?P<name>{NAME})),{_GAP}(?:which|that|who|where|an?|qui|dont|où|une?|grâce)\b"
)
"""What a sum was given for, presented after its name: '40 000 $ à la Maison Exemple pour Cap Nord, qui'."""
DATED = re.compile(rf"{_WEEKDAY}{_GAP}(?:for|with|at|of|to){_GAP}")
"""A day that runs into the name after it: 'on Saturday for Example'."""
LED = re.compile(
    rf"(?P<name>(?:(?:Les|Le|La|The){_GAP}|L[’'])?{NAME}(?:{_GAP}(?:and|et|&){_GAP}{NAME})?"
    rf"(?:(?<=\w){_GAP}(?!(?:et|and|{VERBS})\b)[a-zà-ÿ][a-zà-ÿ-]{{2,}})?){_LED_AFTER}"
)
GATHERED = re.compile(
    rf"\b(?P<kind>(?i:{_GATHERING})){_GAP}(?:{_QUOTED}|(?P<name>{NAME}(?:{_GAP}(?!(?:{VERBS})\b)[a-zà-ÿ][\w’'-]*){{0,4}}))"
    rf"(?={_LED_AFTER})"
)
"""A group that meets, with whoever runs it: 'le groupe d'entraide Exemple douceur, animé par'."""
WITH = re.compile(
    rf"(?:^|[.!?]{_GAP})(?:Avec|Grâce à|Par|With|Through){_GAP}[«“\"]{_GAP}*"
    rf"(?P<quoted>[{UPPER}][^«»“”\"\n]{{2,90}}?){_GAP}*[»”\"],?{_GAP}(?=(?:l[’']|les?{_GAP}|la{_GAP}|the{_GAP})[\wÀ-ÿ]|it{_GAP}|[{UPPER}])"
)
"""What someone acts through: 'Avec « Exemple », l'organisme forme'."""
ENGLISH = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Oo]ur|[Tt]heir|[Nn]ew|[Aa]n?|[\w.]+[’']s?){_GAP}(?:{_QUOTED}|(?P<name>{NAME}[!?]?)){_GAP}"
    rf"(?:\((?P<acronym>{ACRONYM})\){_GAP})?(?P<kind>{_ENGLISH_KIND})\b"
)
ENGLISH_CALLED = re.compile(
    rf"\b(?:(?P<kind>Project|Program(?:me)?|Operation|Initiative|Campaign){_GAP}(?P<name>{NAME})|"
    rf"(?:project|program(?:me)?|initiative|campaign|service)(?:,?{_GAP}{_CALLED}|{_GAP}?:)?{_GAP}{_QUOTED})"
)
SUBJECT = re.compile(
    rf"^(?P<name>(?:(?:Les|Le|La|The){_GAP}|L[’']){NAME}(?:{_GAP}(?!(?:{VERBS})\b)[a-zà-ÿ][\w’'-]+){{0,2}}|"
    rf"{NAME}(?:{_GAP}{_WORD})+)"
    rf"(?={_GAP}(?:{VERBS})\b)"
)
SUBJECT_ORGANIZATION = re.compile(
    rf"(?:(?:À|Au|Aux|En|Dans|Avec|Depuis|Chaque|Sur|Pendant|Durant|In|At|On|During|Every|Since|With)\b[^,.]{{2,45}},{_GAP})?"
    rf"(?!(?:Une?|Des|Par|Pour|Ce|Cet|Cette|Ces|An?|This|These|Its|Son|Sa|Ses|Elders|Volunteers?|Seniors|Parents|"
    rf"Youth|"
    rf"Students?|Farmers|Trained|Families|Women|Men|Girls|Boys|Children|Workers|Nurses|Members|Residents|People|Two|"
    rf"Three|Drivers|Staff|Counsell?ors|Teachers|Tutors|Mentors|Officers|Police|Coaches|Artists|Animators|"
    rf"Four|Five|Six|Ten|Twelve|Deux|Trois|Quatre|Cinq|Dix|Aînés|Bénévoles|Jeunes|Membres|Tous|Toutes|Chaque|"
    rf"Every)\b)"
    rf"(?P<name>(?:(?:(?:Les|Le|La|The){_GAP}|L[’']){NAME}|{_WORD}{_GAP}(?:{_JOIN})?{NAME})"
    rf"(?:{_GAP}(?!(?:et|and|a|ont|en|à|de)\b)[a-zà-ÿ’'-]+(?<!ent)(?<!s)){{0,1}})"
    rf"(?=,{_GAP}(?:à|au|en|in|the|le|la|l[’'])|{_GAP}(?:in|à|de|of){_GAP}{_WORD}{_GAP}[a-zà-ÿ]{{3,}}(?:e|ent|it|"
    rf"s)\b|{_GAP}(?:et|and){_GAP}(?:l[ea]s?\b|l[’']|the\b)|"
    rf"{_GAP}(?:a|ont|en|has|have)\b|{_GAP}[a-zà-ÿ]{{3,}}(?:e|ent|it|s)\b)"
)
"""The one who acts in the first sentence of an entry."""
_TIED = rf"(?:{_GAP}(?:au|aux|à|en|de|du|et|sans)(?:{_GAP}(?:la|le|les))?{_GAP}[a-zà-ÿ][a-zà-ÿ’'-]+)"
TAIL = re.compile(
    rf"(?:{_GAP}(?!(?:nous|vous|leur|lui|se|ne|y|les?|la|en|project|program|service|team|also|now|will|"
    rf"initiative|campaign|network|partnership|workshops?|clinic|drop-in|helpline|lab|squad|patrol|"
    rf"{VERBS})\b)[a-zà-ÿ][a-zà-ÿ-]{{2,}}|"
    rf"{_TIED}){{1,2}}(?={_GAP}(?:{VERBS})\b)|{_TIED}{{1,2}}(?={_LED_AFTER}|,{_GAP}(?:qui|dont|où|une?)\b)"
)
"""Words of a name without capitals, up to the verb: 'Exemple au pluriel' in "le projet Exemple au pluriel est".

Before a comma only those that a small word ties to it: 'le projet Exemple au pluriel, porté par'.
"""
LONE_TAIL = re.compile(
    rf"{_GAP}(?!(?:pilote|communautaire|collecti|novat|intersectoriel|jeunesse|gratuit|bilingue|provincial|régional|"
    rf"local|national)[a-z]*\b)[a-zà-ÿ-]{{4,}}(?=,{_GAP}(?:{_LED}|inspirée?|financée?|soutenue?|qui|dont|une?)\b)"
)
"""The small word that ends a name of two words: 'le programme Exemple tendu, inspiré de'."""
PAREN = re.compile(rf"\((?P<acronym>{ACRONYM})\)")
JOINT_KIND = re.compile(
    r"(?i:réseau|chantier|laboratoire|brigade|escouade|cercle|forum|concertation|projet|programme|project|équipe|"
    r"patrouille|unité|cellule|tandem|duo)\b"
)
"""First words of a name that is an initiative's even where it looks like an organisation's."""
SPELLED_OUT_HEADS = re.compile(
    r"laboratoires?|labo|lab|tables?|communaut[ée]s?|r[ée]seaux?|concertations?|cercles?|forums?|"
    r"chantiers?|coalitions?|projets?|"
    r"programmes?|initiatives?|escouades?|cellules?|parcours|d[ée]marches?|plateformes?|campagnes?|"
    r"partenariats?|strat[ée]gies?|network|"
    r"project|program|partnership|round|volets?|ateliers?|mesures?|approches?|clinique",
    re.IGNORECASE,
)
"""First words of a name that says itself what it is, before its acronym in brackets."""

UNNAMED = re.compile(
    r"(?P<name>(?:communautés? de pratique|tables? de (?:concertation|quartier)|comités? (?:intersectoriel|"
    r"de concertation)|"
    r"laboratoire|projet collectif|community of practice|round table)\b[^.,;:()«»\n]{0,90})",
    re.IGNORECASE,
)
"""An initiative that is only described."""

SMALL = re.compile(
    r"d|de|du|des|la|le|les|l|a|au|aux|en|et|pour|sur|par|sans|dans|avec|un|une|of|the|and|for|to|in|on|with|by|at"
)
"""Folded words that neither end a name nor count in an acronym."""

OPENINGS = re.compile(
    r"(?:a|aux?|en|dans|depuis|pour|avec|sur|sous|par|selon|chaque|ici|ensemble|aujourd'hui|hier|demain|lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|dimanche|de|des|du|in|at|on|since|for|with|every|here|together|today|from|"
    r"through)"
)
"""Folded words that begin a sentence, not a name."""
NOT_NAMES = re.compile(
    r"(?:facebook|instagram|twitter|linkedin|tiktok|youtube|zoom|teams|google|messenger|whatsapp|"
    r"snapchat|canada|internet|web|"
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|m|mme|mr|mrs|ms)\b.*"
)
ASIDE = re.compile(
    r"(?:complementaires?|dans le cadre|inspire\w*|financ\w+|soutenu\w*|subvention\w*|par l'entremise|"
    r"via|through|under|funded by|"
    r"thanks to funding|issu\w*|modele)[^.]{0,30}$"
)
"""Words before a name that make it another initiative than the one spoken of."""

_KINDS = (
    *("projet", "project", "program", "initiative", "service", "campagne", "campaign", "démarche", "plateforme"),
    *("formation", "parcours", "ligne", "network", "partnership", "workshop", "clinic", "helpline", "lab", "squad"),
    *("patrol", "team", "réseau", "chantier", "brigade", "escouade", "caravane", "cercle", "halte", "forum"),
    *("concertation", "équipe", "patrouille", "cellule", "tandem", "duo"),
)
_TEAMS = tuple(_TEAM.lower().split("|"))
_STARTS = ("lanc", "cré", "inaugur", "déploi", "dévoil", "présenté", "met", "mis", "launch", "unveil", "set")
_CALLS = (
    *("intitul", "nomm", "appel", "baptis", "nom d", "pour nom", "titre", "call", "named", "titled", "known", "dubbed"),
    *("christened", "goes by"),
)
_MADE = (
    *("maison", "logement", "halte", "milieu", "frigo", "cuisine", "friperie", "jardin", "balado", "série", "trousse"),
    *("guide", "groupe", "drop-in", "group", "fridge", "garden", "kitchen", "toolkit", "podcast", "housing", "house"),
    *("centre", "center", "line", "bus", "library", "club", "devoirs", "répit"),
)

_TRIED: tuple[tuple[re.Pattern[str], Language | None, tuple[tuple[str, ...], ...]], ...] = (
    (SAID, None, (_KINDS, _CALLS)),
    (PARTICLED, None, (_KINDS,)),
    (FRENCH, None, (_KINDS,)),
    (POSSESSED, None, (_KINDS, ("leur", "son", "notre", "their", "its", "our"))),
    (NETWORK, None, (_KINDS,)),
    (LAUNCHED, None, (_STARTS,)),
    (LED, None, ((" par", " by"), (",",))),
    (BORN, "fr", ((" né", "vu le jour"),)),
    (RUN, None, (("who ", "qui "), (" for ", " pour ", " au ", " à "))),
    (FUNDED, None, (("$", "dollars"), ("for ", "pour "), (",",))),
    (
        GATHERED,
        None,
        (
            (" par", " by"),
            (",",),
            ("groupe", "group", "cercle", "club", "cuisine", "kitchen", "café", "halte", "garden", "fridge"),
        ),
    ),
    (WITH, None, (("«", "“", '"'), ("avec", "grâce", "par", "with", "through"))),
    (ENGLISH, "en", (_KINDS,)),
    (ENGLISH_CALLED, "en", (("project", "program", "operation", "initiative", "campaign", "service"),)),
    (STARTED, None, (_STARTS, _TEAMS)),
    (TEAM, None, (_TEAMS,)),
    (APPOSED, None, ((",",), (*_KINDS, *_MADE))),
    (BARE_APPOSED, "fr", ((",",), _KINDS)),
    (INTRODUCED, None, ((",",), (*_KINDS, *_MADE, "atelier"))),
    (QUOTED_APPOSED, None, (("», ", "”, ", '", ', "» , "), (*_KINDS, *_MADE))),
    (DEFINED, None, ((" est ", " is "), _KINDS)),
    (OWNED, None, ((",",), (", d", ", of", ", by"))),
    (ROLLED_OUT, None, (("«", "“", '"'), ("déplo", "œuvre", "pérenn", "bonifi", "roll", "scal"))),
    (BEGUN, None, (("was ", " a été", "fut ", "has been"), (" by", " par", " with", " avec"))),
    (SUBJECT, None, ()),
)
"""The patterns in their order, the language each is for, and words of which a text must hold one from every group.

Looking for a word costs a thousandth of a pattern that may begin at any capital.
"""
LED_AFTER = re.compile(_LED_AFTER)
"""What says, right after a name, who runs what it names."""
_NAME_BETWEEN = re.compile(r",[\s\u00a0](?:(?:the|l[ea]s?)[\s\u00a0]|l[’'])?[A-ZÀ-Ý][^.,;:()]{1,70},")
_ENDS = {LED: LED_AFTER, APPOSED: re.compile(_APPOSITION), INTRODUCED: _NAME_BETWEEN}
_ENDS[BARE_APPOSED] = re.compile(_BARE_APPOSITION)
"""How patterns end that may begin at any capital: the end alone is looked for first, from its comma on."""
_GROUPS = tuple(dict.fromkeys(group for _, _, groups in _TRIED for group in groups))
"""Every group once, so that each is looked for once in a text."""
_TRIALS = tuple(
    (pattern, only, tuple(map(_GROUPS.index, groups)), _ENDS.get(pattern)) for pattern, only, groups in _TRIED
)


def worth_trying(text: str, language: Language) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that may find a name in a text, in their order."""
    lowered = text.lower().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    held: dict[int, bool] = {}
    for pattern, only, groups, end in _TRIALS:
        if only not in (None, language):
            continue
        for place in groups:
            if place not in held:
                held[place] = any(map(lowered.__contains__, _GROUPS[place]))
            if not held[place]:
                break
        else:
            if end is None or end.search(text):
                yield pattern
