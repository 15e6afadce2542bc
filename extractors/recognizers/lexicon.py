"""Word lists that the recognizers of names share: what begins a name, what may stand inside one, what never is one.

All words are folded (see ``fold``).
"""

from __future__ import annotations


def word_set(*lines: str) -> frozenset[str]:
    """Make a set of the words of some lines."""
    return frozenset(word for line in lines for word in line.split())


PARTICLES = word_set("de du des d la le les l a au aux en sur pour et of the for and & y")
LINKS = word_set("de du des d la le les l of the")
"""Particles that tie a place or a person to a name that no head noun announces: Justice du Nord."""

FRENCH_HEADS = word_set(
    "chambre etablissement caisse accueil alliance agence association auberge bureau carrefour centraide centre cercle",
    "clinique club coalition cuisine",
    "comptoir bibliotheque friperie musee chsld troupe habitations alpha "
    "college cegep comite commission concertation confederation conseil cooperative coop corporation "
    "croix-rouge diocese",
    "direction ecole entraide equipe escale federation fondation foyer groupe halte hebergement hopital "
    "institut intervention",
    "justice ligue logis maison maisons moisson mouvement municipalite mrc ministere observatoire office "
    "ordre organisation",
    "organisme oeuvre oeuvres paroisse patro petits pavillon polyvalente popote refuge regie regroupement "
    "relais reseau residence",
    "ressource ressources secretariat service services societe soupe surete syndicat table theatre tribunal union",
    "universite ville villa arrondissement chaire partenaires",
)
ACRONYM_HEADS = word_set(
    "acef sadc afeas aqdr fadoq cfp "
    "cdc mdj cje cab clsc calacs cavac troc roc cpe mdf maj tcj cegep ciusss cisss css hlm omh mrc ymca ywca amdi cap"
)
"""Acronyms of a kind of organisation, completed by a name: CDC du Nord."""

ENGLISH_HEADS = word_set(
    "academy agency alliance association bureau caisse center centre charity church clinic club coalition college",
    "collective cooperative council guild pantry parish",
    "committee community commission corporation council department federation foundation group hospital house",
    "institute league mission network office organization organisation partnership police school services shelter",
    "society station team legion shed gym co-op band",
    "trust union university ymca ywca library polyvalent",
)
INSIDE = word_set(
    "accueil action actions activites agressions aide aidants aidantes aines ainees alcoolisme "
    "alimentaire alimentation",
    "alphabetisation alternative alternatives amis amies animation anonymes appui art arts autisme "
    "autochtone autochtones",
    "autonome autonomie autisme aveugles benevole benevoles benevolat bienfaisance bien-etre caractere centraide",
    "ailleurs ici demain",
    "citoyen citoyenne citoyens citoyenne coeur collectif collective collectives commerce communautaire",
    "communautaires",
    "communication compagnie concertation conjugale conseil consommateurs consommation coordination crise criminels",
    "culture cultures culturel culturelle culturelles cuisine cuisines deficience defense",
    "dependance dependances depannage",
    "developpement deuil detention droit droits economique economiques education emploi employabilite enfance enfant",
    "enfants entraide environnement espoir etude etudes etudiant etudiants etre familial familiale",
    "familiales famille",
    "familles feminin feminine femme femmes fille filles financement foi formation garde general",
    "generale gais garcons",
    "habitation habitations handicap handicapees hebergement homme hommes humain humaine humains",
    "immigrant immigrante",
    "immigrantes immigrants infantile information innovation insertion institut integration intellectuelle",
    "interculturel interculturelle intermunicipale intervention itinerance jeune jeunes jeunesse jour "
    "juridique justice",
    "lecture lesbiennes ligne locataires local locale logement logements loisir loisirs lutte mediation meres mental",
    "mentale milieu milieux mineurs mobilisation mondial monoparentales monoparentale mouvement multiethnique",
    "multiculturel municipal municipale naissance national nationale naturels nouveaux arrivants nuit organismes",
    "orientation paix parents partenaires patrimoine penal penales petite peres personnes physique",
    "physiques placement",
    "police populaire poursuites premier preventif prevention protection proches prostitution province provincial",
    "provinciale public publique publiques quartier quebecois quebecoise quebecoises racisme readaptation recherche",
    "reference refugies regional regionale rehabilitation reinsertion relations reparatrice repit "
    "residents responsable",
    "ressource ressources retraites rue sante scolaire scolaires secondaire primaire secours sectorielle",
    "securite sens",
    "service services sexuel sexuelle sexuelles sexuels sociaux social sociale sociales societe soir "
    "solidaire solidarite",
    "soutien sport sports suicide survivantes toxicomanie toxicomanies traitement transition transport "
    "travail travailleurs",
    "travailleuses universitaire urbain urbaine vacances victimes vie vieillissement ville violence violences vivre",
    "voisinage volontaire zone canadien canadienne canadiens canadiennes montrealais montrealaise "
    "maskoutain maskoutaine",
    "levisien levisienne integre integree adaptation distance interets integres caractere",
    "amitie ecoute perinatalite perinatal allaitement maternite diversite genre parajudiciaires juridiques reussite",
    "educative persistance decrochage raccrochage emploi-quebec mentorat parrainage civique democratie",
    "citoyennete ainesse",
    "proximite terrain nature ecologique agricole rural rurale feministe masculin masculine paternite coparentale",
    "recomposees adoptives accueillantes itinerantes itinerants exploitation sexiste traite",
    "victimisation criminalite",
    "alternatif communautes ethnoculturel ethnoculturelles francophone anglophone nord sud est ouest",
    "boxe judo karate hockey soccer natation gymnastique athletisme marche ski velo escrime tennis basketball patinage "
    "danse musique cirque agriculture jardinage devoirs tricot couture quilles petanque echecs",
    "youth women family families children community services mental health housing professionnelle professionnel",
)
"""Lower-case words that may stand inside the name of an organisation whose head noun came before."""

TITLES = word_set("sgt lt capt cpl pr m mme dr dre me mlle mr mrs ms monsieur madame docteur docteure maitre prof")
"""Before the name of a person."""

NOT_NAMES = word_set(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january",
    "february march april",
    "may june july august september october november december lundi mardi mercredi jeudi vendredi samedi "
    "dimanche monday",
    "tuesday wednesday thursday friday saturday sunday noel paques covid covid-19 facebook instagram",
    "youtube linkedin",
    "twitter tiktok zoom teams google internet web wifi canada quebec francais anglais french english "
    "programme programmes program",
    "projet projets project prix gala loi plan strategie semaine journee forum colloque sommet fonds "
    "mois festival volet",
    "atelier ateliers campagne formation formations initiative initiatives politique charte entente "
    "cadre guide trousse",
    "rapport parcours rue boulevard avenue chemin parc riviere lac il elle ils elles on nous vous je tu ce cela ceci",
    "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante cent mille",
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand",
    "celui-ci celle-ci ceux-ci celles-ci celui celle ceux tous toutes tout toute plusieurs certains certaines chacun",
    "chacune chaque aucun aucune rien nul quiconque qui que dont cette cet ces son sa ses leur leurs "
    "notre nos votre vos",
    "mon ma mes un une des en dans par avec pour sur sous selon depuis apres avant lors alors ainsi "
    "grace comme mais ou",
    "donc or ni car si quand lorsque puisque bien bref enfin ensuite puis aussi egalement notamment "
    "finalement i we they",
    "he she it this that these those there here our their its his her your who what which when where why "
    "how all some many",
    "most each every both please contact contactez telephone courriel email adresse partager menu",
    "accueillir m mme dr",
    "mme. me mr mrs ms miss monsieur madame docteur docteure maitre communique temoignage temoignages "
    "impacts conclusion",
    "description selectionnez publie publiez partagez devenez read share skip premiere premier quebecois",
    "etat covid19",
    "collaboration partenariat concertations prevention communaute pratique rencontre offerts a au aux et the",
    "a an and but with by in at on from since for of to as so yes no not also thanks according during within through",
    "drivers tutors mentors counsellors nurses teachers lawyers officers "
    "youth young girls boys women men people participants volunteers workshops training parents families "
    "children students",
    "sans lui eux moi toi ici hier demain aujourd'hui oui non merci voici voila parce tandis malgre",
    "outre hors vers chez",
    "autant tant plus moins tres trop encore toujours jamais souvent parfois etant autre autres meme",
    "memes peu beaucoup",
    "republique etat eglise province region ministre president monde europe afrique france paris americains",
    "jeunes femmes hommes filles garcons participantes intervenants intervenantes enfants familles",
    "personnes benevoles",
)
"""Capitalised words that alone, or first, do not make the name of an organisation."""

KINDS_ALONE = word_set(
    "municipality city town village county borough collectif escouade patrouille brigade cellule squad patrol network",
    "organization organisation charity committee council board school library",
)
"""Words for a kind of body that name none alone: 'The Municipality lends'."""
NOT_BODIES = word_set("award awards prize prizes medal gala bursary grant")
"""Last words of a name that is a prize's."""

FIRST_NAMES = word_set(
    "abdel achille agnes ahmed albertine alfred amadou amandine antonio armand arnaud astrid augustin bastien "
    "berthe bradley brian cassandra cecilia celestin charlene conrad coralie damian denyse diego djamila donald "
    "dorothee doris edgar edmond eleonore elias ernest estelle eugene evan fanny fatoumata fernande flavie "
    "gaelle gerry gilberte giselle greg gregory gustave hector heloise henriette herve hortense ibrahim imane "
    "irma ivan jacob janick jenny jerry jimmy johnny juan juliana justin kassandra kenza khadija kimberly "
    "lauriane leonard leopold lionel loic lorenzo louisa lukas maelle maika mandy marco mariama marjorie marlon "
    "mathias maya mehdi michaela mikael mohamad moussa nadege naima nathan nelson noah noel oceane oscar pamela "
    "paolo pedro penelope perrine pierrette quentin rania raoul real rejane remy renaud rodrigue rolande ronald "
    "sami samia sean sergio shirley solene stephan suzie tatiana teddy theo theodore ursule vivianne wilfrid "
    "yacine yasmina yolaine youcef zacharie",
    "adele adrien agathe aicha alain albert alex alexandra alexandre alexia alexis alice alicia aline "
    "amelie amina amira",
    "anais andre andree andrew angela angelique anita ann anna annabelle anne annick annie antoine "
    "antony ariane arthur",
    "aude audrey aurelie aurore axel beatrice benjamin benoit bernadette bernard bertrand bianca "
    "brigitte bruno camille",
    "carl carla carmen carol carole caroline catherine cecile cedric celine chantal charles charlotte chloe chris",
    "christian christiane christina christine christophe cindy claire clara claude claudette claudia",
    "claudine clement",
    "colette colin constance corinne cynthia cyril damien daniel daniela danielle danny daphne dave "
    "david deborah delphine",
    "denis denise diana diane dominic dominique dylan edith edouard elaine eliane elisabeth elise "
    "elizabeth ella elodie",
    "emile emilie emily emma emmanuel emmanuelle eric erica erika esther etienne eugenie eva eve evelyne "
    "fabien fabrice",
    "farida fatima fatou felix fernand florence france francesca francine francis franck francois francoise frank",
    "frederic frederique gabriel gabrielle gael gaetan gaston genevieve george georges gerald gerard",
    "germain ghislain",
    "ghislaine gilbert gilles ginette gisele guillaume guy guylaine hassan helen helene henri hubert "
    "hugo hugues huguette",
    "ian ines ingrid irene isabel isabelle ismael jacinthe jack jacqueline jacques jade james jane janie",
    "jasmine jason",
    "jean jeanne jeff jennifer jeremie jeremy jerome jessica jim joanie joanne jocelyn jocelyne joe joel joelle john",
    "johanne jonathan jordan joseph josee josiane judith julia julian julie julien juliette justine",
    "karen karim karine",
    "karl kate katherine kathleen kathy katia kevin kim laetitia laila lara laura laurence laurent laurie lea leila",
    "leo leonie lena leslie leticia lilianne liliane lina linda lisa lise lison lorraine louis louise",
    "luc lucas lucie",
    "lucien lucille ludovic luis lydia lyne madeleine magalie mahee malik manon marc marcel marcelle margaret margot",
    "marguerite maria marianne marie mariette marilyn marilou marilyne marina mario marion marjolaine "
    "mark marlene marthe",
    "martin martine mary maryse mateo mathieu mathilde matthew matthieu maude maurice max maxime megan",
    "melanie melissa",
    "melodie mia michael michel michele micheline michelle miguel mireille miriam mohamed mohammed monica monique",
    "morgane muriel mylene myriam nadia nadine nancy natalia natacha natasha nathalie nicholas nicolas "
    "nicole noemie nora",
    "normand odette odile olivia olivier omar pascal pascale patrice patricia patrick paul paula paule pauline peter",
    "philip philippe pierre priscilla rachel rachid raphael raphaelle raymond raynald rebecca regis "
    "rejean rejeanne remi",
    "rene renee richard rita robert roberto robin roch roger roland romain romane rosalie rose roxane "
    "roxanne ruth ryan",
    "sabine sabrina sacha salma sam samantha samira samuel sandra sandrine sara sarah sebastien serge "
    "simon simone sofia",
    "solange sonia sophia sophie stefan stephane stephanie steve steven susan suzanne sylvain sylvette "
    "sylvie tania tanya",
    "tara therese thierry thomas tim tina tom tommy tristan valerie valery vanessa veronique vicky victor victoria",
    "vincent virginie viviane wendy william xavier yan yanick yann yannick yasmine yolande youssef yvan yves yvette",
    "yvon yvonne zachary zoe",
)
"""Common first names in Québec, to tell people from organisations."""
