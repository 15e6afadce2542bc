from tests.extractors.pages import extract, only

ARTICLE = """\
Skip to content

Un prix provincial pour des jeunes de Lévis

m.beaulieu@lecho.example

Jeunesse des Coteaux a reçu un prix pour son projet Volet exemple jeunesse (VEJ) Nord lors d'un gala à Lévis en mai
 dernier. L'organisme offre des ateliers sur le consentement dans les écoles depuis plusieurs années.

« Le besoin est là, et les élèves le disent », affirme Odette Vaillancourt, directrice de Jeunesse des Coteaux.

Le projet VEJ Nord a été lancé en juillet 2020 pour former les intervenants à la prévention de l'exploitation sexuelle.
""".replace("\n ", " ")

COUNCIL = """\
Skip to content

Le conseil municipal adopte son budget

j.dufour@lecho.example

Le conseil municipal de Roberval a adopté lundi soir un budget de 32 millions de dollars pour l'année prochaine.

« Nous avons fait des choix difficiles », a dit le maire. Le projet de règlement sur le stationnement sera étudié
 en janvier.
""".replace("\n ", " ")

COMMUNIQUE = """\
Tout le Québec

Sélectionnez une ville/municipalité

Communiqué

Depuis deux ans, les intervenant.e.s du quartier se retrouvent au sein du Laboratoire ouvert des rencontres (LOR),
 coordonné par la CDC des Rapides, à Drummondville, pour lutter contre la pauvreté.

• Accueillir : le groupe tient une halte une fois par semaine.
• « On y apprend des autres, et cela se voit sur le terrain. » témoignage d'un membre du groupe

À propos de l'organisme

Partagez sur votre réseau:

Devenez membre sur MaCommunaute.ca

Publiez du contenu et contribuez au développement de votre communauté!
""".replace("\n ", " ")


def test_an_article_gives_news_and_the_project_it_is_mainly_about() -> None:
    extraction = extract(ARTICLE)
    (news,) = extraction.news
    assert news.title.value == "Un prix provincial pour des jeunes de Lévis"
    assert "Odette Vaillancourt" in [found.value.name for found in news.people]
    (draft,) = extraction.initiatives
    assert draft.name.value == "Volet exemple jeunesse (VEJ) Nord"
    assert "VEJ Nord" in [found.value for found in draft.other_names]
    assert draft.start is not None
    assert draft.start.value == "2020-07"


def test_a_short_form_in_a_paragraph_with_its_own_lead_is_the_same_project() -> None:
    again = "Le projet VEJ Nord, mené par Jeunesse des Coteaux, forme aussi les intervenants à la prévention."
    (draft,) = extract(
        ARTICLE.replace("Le projet VEJ Nord a été lancé", f"{again}\n\nLe projet VEJ Nord a été lancé")
    ).initiatives
    assert draft.name.value == "Volet exemple jeunesse (VEJ) Nord"


def test_the_body_of_an_article_has_no_title_byline_or_furniture() -> None:
    (news,) = extract(ARTICLE).news
    assert news.text.value.startswith("Jeunesse des Coteaux a reçu")
    assert "@" not in news.text.value
    assert "Skip to content" not in news.text.value


def test_an_article_about_no_initiative_gives_news_alone() -> None:
    extraction = extract(COUNCIL)
    assert len(extraction.news) == 1
    assert extraction.initiatives == ()


def test_quotations_in_the_news_are_no_testimonials() -> None:
    assert only(ARTICLE).testimonials == ()


def test_a_communique_without_its_title_is_named_after_what_it_presents() -> None:
    extraction = extract(COMMUNIQUE)
    assert extraction.extractor == "macommunaute/1"
    (news,), (draft,) = extraction.news, extraction.initiatives
    assert news.title.value == draft.name.value == "Laboratoire ouvert des rencontres"
    assert "LOR" in [found.value for found in draft.other_names]
    assert draft.lead_organization is not None
    assert draft.lead_organization.value.name == "CDC des Rapides"
    assert draft.testimonials[0].value.role == "membre du groupe"


def test_a_portal_s_furniture_is_in_no_draft() -> None:
    written = extract(COMMUNIQUE)
    texts = "".join(draft.model_dump_json() for draft in written.drafts)
    for words in (
        "Sélectionnez une ville",
        "Devenez membre",
        "Partagez sur",
        "Publiez du contenu",
        "À propos de l'organisme",
    ):
        assert words not in texts


def test_a_headline_left_as_plain_text_and_a_dateline_are_read() -> None:
    titled = COMMUNIQUE.replace(
        "Depuis deux ans, les", "Le Laboratoire ouvert des rencontres a deux ans\n\nDrummondville, le 12 mai 2022 – Les"
    )
    (news,) = extract(titled).news
    assert news.title.value == "Le Laboratoire ouvert des rencontres a deux ans"
    assert news.published is not None
    assert news.published.value == "2022-05-12"


BERTH = """<html lang="fr"><head><title>Le Berceau roule à Amos</title>
<meta property="article:published_time" content="2024-10-17"></head><body><main><article>
<h1>Le Berceau roule à Amos</h1>
<p>La Maison des Bouées et le CISSS de l’Abitibi-Témiscamingue lancent le projet Le Berceau, qui offre aux jeunes
parents de 16 à 25 ans des ateliers de cuisine chaque semaine à Amos.</p>
<p>« Le Berceau ouvre une porte », dit Odette Vaillancourt, directrice de la Maison des Bouées.</p>
<p>Le Berceau s’arrête à Amos le jeudi. La Maison gère aussi une friperie et un service de transport.</p>
<p>La Maison organise également un camp pour les aînés et un service de transport médical chaque été.</p>
<h2>À propos de la Maison des Bouées</h2><p>Fondée en 1991, la Maison des Bouées offre de l’aide aux devoirs.</p>
</article></main></body></html>"""


def test_what_a_communique_says_of_those_who_issue_it_is_not_the_initiatives() -> None:
    draft = only(BERTH, "text/html")
    assert draft.start is None or draft.start.value != "1991"
    assert "education-support" not in {found.value for found in draft.activities}
    assert "seniors" not in {found.value for found in draft.groups}
    assert "workshops" in {found.value for found in draft.activities}
