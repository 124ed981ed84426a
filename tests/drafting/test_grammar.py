"""What sentences on plans mean: one row an idea."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.drafting import Paper, propose

if TYPE_CHECKING:
    import kg
    from kg.drafting import Proposal

PUBLISHED = date(2019, 11, 20)
KEYS = {
    "Target": ("indicator", "comparator", "value", "due", "status", "place"),
    "Observation": ("indicator", "comparator", "value", "when", "kind", "place"),
    "StatusReport": ("status", "due", "from", "place"),
    "Relation": ("subject", "predicate", "object"),
}


def drafted(graph: kg.Graph, text: str, language: str = "en") -> list[Proposal]:
    return propose(Paper(text, published=PUBLISHED, language=language), graph.index)


def said(graph: kg.Graph, text: str, language: str = "en") -> list[str]:
    """Return what a text states, in short: its kind, and the keys that matter there."""
    return [
        " ".join(
            [
                str(p.keys["type"]),
                *(str(p.keys[k]) for k in KEYS[str(p.keys["type"])] if k in p.keys),
            ]
        )
        for p in drafted(graph, text, language)
    ]


STATED = {
    "a plan with a number is a target": (
        "IKEA plans to open 25 stores in India by 2025.",
        ["Target furniture-stores 25 2025-12-31 announced india"],
    ),
    "two numbers of one plan are two targets": (
        "Ford will invest $3.5 billion in a plant in Kentucky and create 2,500 jobs by 2022.",
        [
            "Target investment 3500000000 2022-12-31 announced kentucky",
            "Target jobs-created 2500 2022-12-31 announced kentucky",
        ],
    ),
    "what might come is considered": (
        "Foxconn could invest as much as $1 billion in a factory in India.",
        ["Target investment at-most 1000000000 considered india"],
    ),
    "what hangs on a condition is considered": (
        "Starbucks will hire 10,000 people in China if the regulator agrees.",
        ["Target jobs-created 10000 considered china"],
    ),
    "what grows from a number has that number now": (
        "Xiaomi plans to grow from 250 to 500 service centres in India by 2020.",
        [
            "Target service-centres 500 2020-12-31 announced india",
            "Observation service-centres 250 reported india",
        ],
    ),
    "what is, is observed": (
        "Intel employs more than 120,000 people worldwide.",
        ["Observation employees more-than 120000 reported world"],
    ),
    "a number has the time beside it, and not that of its origin": (
        "Starbucks has 6,000 coffee shops in China, up from 4,700 in 2017.",
        [
            "Observation coffee-shops 6000 reported china",
            "Observation coffee-shops 4700 2017-12-31 reported china",
        ],
    ),
    "a target that is reached is observed": (
        "Amazon has already reached its target of 25,000 jobs in Arlington.",
        ["Observation jobs-created 25000 reported arlington"],
    ),
    "analysts forecast": (
        "Analysts expect Samsung to sell 300 million smartphones next year.",
        ["Observation smartphones-sold 300000000 forecast"],
    ),
    "a loss is a negative profit": (
        "Intel posted a net loss of $2.9 billion.",
        ["Observation profit -2900000000 reported"],
    ),
    "who is let go is not employed": (
        "Intel plans to lay off 15,000 employees.",
        ["Target employees-cut 15000 announced"],
    ),
    "who is hired was not there before": (
        "Ford has begun hiring 500 workers for its plant in Kentucky.",
        ["Target jobs-created 500 underway kentucky"],
    ),
    "a cut is counted against its base year": (
        "Unilever wants to cut its emissions by 50 per cent by 2030, compared with 2015.",
        ["Target emissions-reduction 50 2030-12-31 announced"],
    ),
    "a plan without a number is a status": (
        "Dyson plans to open a research centre in Singapore.",
        ["StatusReport announced singapore"],
    ),
    "what is explored is considered": (
        "TSMC is exploring a plant in Germany.",
        ["StatusReport considered germany"],
    ),
    "what is being built is underway": (
        "Stellantis is building a battery plant in Kokomo.",
        ["StatusReport underway kokomo"],
    ),
    "what opened is achieved, from that day on": (
        "IKEA opened a store in Hyderabad in August 2018.",
        ["StatusReport achieved 2018-08-01 hyderabad"],
    ),
    "what was shelved is abandoned": (
        "Plans for a Moderna vaccine plant in Kenya were shelved.",
        ["StatusReport abandoned kenya"],
    ),
    "what is put off is postponed": (
        "Construction of Intel's plant in Ohio has been pushed back to 2030.",
        ["StatusReport postponed 2030-12-31 ohio"],
    ),
    "how much later is no day": (
        "TSMC delayed its fab in Arizona by a year to 2026.",
        ["StatusReport postponed 2026-12-31 arizona"],
    ),
    "the day of another plan is not that of this one": (
        "Ford now expects to hire 5,100 people in Kentucky, up from the 2,100 announced in 2017.",
        ["Target jobs-created 5100 announced kentucky"],
    ),
    "it is what was told of before": (
        "Stellantis is building a battery plant in Kokomo. It will open in 2025.",
        ["StatusReport underway kokomo", "StatusReport announced 2025-12-31"],
    ),
    "a site acts for its company": (
        "Samsung's plant in Noida is to make 120 million phones a year, up from 68 million.",
        [
            "Target phone-output 120000000 announced noida",
            "Observation phone-output 68000000 reported noida",
        ],
    ),
    "what shall be smaller is reduced": (
        "Dyson scaled back its plans for a research centre in Singapore.",
        ["StatusReport reduced singapore"],
    ),
    "what is fallen short of is a missed target": (
        "Dangote Industries fell short of its goal of 650,000 barrels of oil a day at its refinery.",
        ["Target crude-throughput 650000 missed nigeria"],
    ),
    "a plan put on hold is a postponed target": (
        "Amazon's plan to hire 25,000 people in Arlington by 2030 is on hold.",
        ["Target jobs-created 25000 2030-12-31 postponed arlington"],
    ),
    "what was planned once was announced": (
        "Moderna had intended to spend $500 million on a plant in Kenya.",
        ["Target investment 500000000 announced kenya"],
    ),
    "what is done on a day to come is announced": (
        "IKEA opens a store in Hyderabad on 19 December 2019.",
        ["StatusReport announced 2019-12-19 hyderabad"],
    ),
    "a verb tells what it is of where no noun does": (
        "Starbucks wants to enter Kenya.",
        ["StatusReport announced kenya"],
    ),
    "what is being scaled up is underway": (
        "Ford's plant in Kentucky is being rebuilt.",
        ["StatusReport underway kentucky"],
    ),
    "what is handed over is achieved": (
        "A factory of Samsung in Noida was handed over in May 2019.",
        ["StatusReport achieved 2019-05-01 noida"],
    ),
    "the day that was planned is not that to which it is put off": (
        "Ford's plant in Kentucky will not open in 2026 as planned.",
        ["StatusReport postponed kentucky"],
    ),
    "what is put off has the later of two days": (
        "IKEA pushed back the opening of its store in Hyderabad from 19 July 2018 to 9 August 2018.",
        ["StatusReport postponed 2018-08-09 hyderabad"],
    ),
    "what comes not before a year is postponed": (
        "TSMC's second fab in Arizona will not open before 2028.",
        ["StatusReport postponed arizona"],
    ),
    "what is shelved until a year is postponed": (
        "Plans of Dyson for a plant in Singapore have been shelved until 2026.",
        ["StatusReport postponed 2026-12-31 singapore"],
    ),
    "what is left is abandoned": (
        "Starbucks is pulling out of Kenya.",
        ["StatusReport abandoned kenya"],
    ),
    "a month is no verb": (
        "In May 2019 Ford opened a plant in Kentucky.",
        ["StatusReport achieved 2019-05-01 kentucky"],
    ),
    "what must be is so": (
        "IKEA says that shops in India must have 30 per cent local content.",
        ["Observation required-local-content 30 reported india"],
    ),
    "who is only told of is not who speaks": (
        "Ford, a partner of Intel and Samsung, said that it would build a plant in Kentucky.",
        ["StatusReport announced kentucky"],
    ),
    "another company in the sentence does not plan": (
        "Unlike Samsung, Xiaomi plans to open 100 service centres in India by 2020.",
        ["Target service-centres 100 2020-12-31 announced india"],
    ),
    "partners are related": (
        "Xiaomi has a tie-up with MobiKwik.",
        ["Relation xiaomi partnerOf mobikwik"],
    ),
    "a chief executive is one": (
        "Shell chief executive Wael Sawan spoke.",
        ["Relation wael-sawan chiefExecutiveOf shell"],
    ),
    "a fall is growth below zero": (
        "IKEA's sales in China fell 8 per cent.",
        ["Observation sales-growth -8 reported china"],
    ),
    "last year is a year of the calendar": (
        "Dyson cut 1,000 jobs last year.",
        ["Observation employees-cut 1000 2018-12-31 reported"],
    ),
    "what is held against a target is none": (
        "Unilever cut its use of virgin plastic by 18 per cent by 2018, against a target of 50 per cent by 2025.",
        ["Target virgin-plastic-reduction 50 2025-12-31 announced world"],
    ),
    "what was said to come by then was due then": (
        "Xiaomi said it would sell 100 million phones in 2015.",
        ["Target smartphones-sold 100000000 2015-12-31 announced"],
    ),
    "what analysts reckon is estimated": (
        "Counterpoint estimates that Xiaomi shipped 9 million phones in 2018.",
        ["Observation smartphones-sold 9000000 2018-12-31 estimated"],
    ),
    "what a government grants is the company's": (
        "Foxconn wants more. The state would grant $80 million in tax credits.",
        ["Target subsidies 80000000 announced"],
    ),
    "whoever speaks goes on as it": (
        'The city had agreed. "We do not," Amazon said; it will hire 25,000 people in Arlington by 2030.',
        ["Target jobs-created 25000 2030-12-31 announced arlington"],
    ),
    "what has a place of its own is not everywhere": (
        "IKEA employs 219,000 people in 62 markets.",
        ["Observation employees 219000 reported world"],
    ),
    "a sentence may begin with a sign of money": (
        "Ford named Ann Roe as head of operations. $500 million will be invested by Ford in Kentucky.",
        ["Target investment 500000000 announced kentucky"],
    ),
    "a number of something else counts nothing that was counted before": (
        "Dyson cut 1,000 jobs. It wants to look at 30 more cases.",
        ["Observation employees-cut 1000 reported"],
    ),
    "a list goes on to speak of whom its points name": (
        "Xiaomi and Dixon\n- Dixon is at work\n- Its plant in Noida has 5,000 workers",
        ["Observation employees 5000 reported noida"],
    ),
    "the maker of brands is who makes them": (
        "Unilever was early. The maker of Dove and Knorr plans to hire 500 people by 2022.",
        ["Target jobs-created 500 2022-12-31 announced"],
    ),
    "a name with the form of a company is its name": (
        "Xiaomi Corporation will open 20 stores in India by 2030.",
        ["Target branded-shops 20 2030-12-31 announced india"],
    ),
    "a subject goes on behind what tells more of it": (
        "Ford's plant in Kentucky, which was planned in 2016, was opened in May 2019.",
        ["StatusReport achieved 2019-05-01 kentucky"],
    ),
    "what is told between commas only tells which thing is meant": (
        "Ford's plant in Kentucky, planned for 2018, has slipped to 2021.",
        ["StatusReport postponed 2021-12-31 kentucky"],
    ),
    "what goes as planned is not put off": (
        "Ford will open a plant in Kentucky in 2021 as planned.",
        ["StatusReport announced 2021-12-31 kentucky"],
    ),
    "a clause is added by and": (
        "IKEA opened a store in Hyderabad, and the furniture plant near Chennai will be built in 2021.",
        ["StatusReport achieved hyderabad", "StatusReport announced 2021-12-31 chennai"],
    ),
    "what begins later has not begun": (
        "IKEA's store in Hyderabad was approved. Construction of the store in Hyderabad starts in May 2020.",
        ["StatusReport announced hyderabad", "StatusReport announced 2020-05-31 hyderabad"],
    ),
    "the number of what is planned is planned": (
        "Ford plans to build a plant in Kentucky. The $3 billion project will create 500 jobs.",
        [
            "StatusReport announced kentucky",
            "Target investment 3000000000 announced",
            "Target jobs-created 500 announced",
        ],
    ),
    "a number may be told to be planned": (
        "About 200 of the planned 900 jobs at Ford in Kentucky have been filled.",
        [
            "Observation jobs-created approximately 200 reported kentucky",
            "Target jobs-created 900 announced kentucky",
        ],
    ),
    "carbon neutral is a number": (
        "Shell wants to be carbon neutral by 2050.",
        ["Target net-emissions 0 2050-12-31 announced"],
    ),
    "all is a number where a part is measured": (
        "By 2030 all plants of Ford will run on renewable electricity.",
        ["Target renewable-power-share 100 2030-12-31 announced"],
    ),
    "a year in brackets is that of its number": (
        "Intel had 120,000 employees in 2018 (2017: 110,000).",
        [
            "Observation employees 120000 2018-12-31 reported",
            "Observation employees 110000 2017-12-31 reported",
        ],
    ),
    "a number goes without the noun that was told": (
        "IKEA wants to open 25 stores in India by 2025. At present there are 3.",
        [
            "Target furniture-stores 25 2025-12-31 announced india",
            "Observation furniture-stores 3 reported india",
        ],
    ),
    "a label may say how a thing stands": (
        "Ford in 2019\n- The plant in Kentucky: on hold.",
        ["StatusReport postponed kentucky"],
    ),
    "a line may begin with its number": (
        "Ford in Kentucky\n1,500 \u2013 people who will be hired by 2022",
        ["Target jobs-created 1500 2022-12-31 announced"],
    ),
    "a question that is open is considered": (
        "Whether Ford will build a plant in Kentucky is still open.",
        ["StatusReport considered kentucky"],
    ),
    "a day that comes instead of an earlier one puts off": (
        "Ford's plant in Kentucky will open in 2022, not in 2020.",
        ["StatusReport postponed 2022-12-31 kentucky"],
    ),
    "what was opened late is open": (
        "Ford's plant in Kentucky was opened in May 2019, a year late.",
        ["StatusReport achieved 2019-05-01 kentucky"],
    ),
    "a report may say where it was sent from": (
        "WALLDORF, Nov 20 (Agency) - Ford will hire 500 people in Kentucky.",
        ["Target jobs-created 500 announced kentucky"],
    ),
    "two verbs of one plan are a status and a number": (
        "Ford will end production in Kentucky in 2021 and cut 420 jobs there.",
        [
            "Target employees-cut 420 2021-12-31 announced kentucky",
            "StatusReport announced 2021-12-31 kentucky",
        ],
    ),
    "a thing that nobody knows the sort of is put off": (
        "Ford put off its plan for a reservoir in Kentucky.",
        ["StatusReport postponed kentucky"],
    ),
    "what carried somebody for the first time is open": (
        "Ford's plant in Kentucky welcomed its first visitors in May 2019.",
        ["StatusReport achieved 2019-05-01 kentucky"],
    ),
    "a thing is where its building is": (
        "At Ford's plant in Kentucky the steel is up.",
        ["StatusReport underway kentucky"],
    ),
    "what is done to a thing is under way, whatever it is": (
        "Ford's plant in Kentucky is being wired.",
        ["StatusReport underway kentucky"],
    ),
    "what never got further is given up": (
        "Ford's plan for a plant in Kentucky never left the drawing board.",
        ["StatusReport abandoned kentucky"],
    ),
    "what is only named has come about": (
        "Following the opening of its store in Hyderabad in August 2018, IKEA is content.",
        ["StatusReport achieved 2018-08-01 hyderabad"],
    ),
    "what will be done by a day is to come": (
        "Once Ford's plant in Kentucky is up and running in 2022, all will be well.",
        ["StatusReport announced 2022-12-31 kentucky"],
    ),
    "what was put off was put off on a day": (
        "Ford halted work on its plant in Kentucky in May 2019.",
        ["StatusReport postponed 2019-05-01 kentucky"],
    ),
    "what was meant for a day was due then": (
        "Ford's plant in Kentucky was meant to open in 2017.",
        ["StatusReport announced 2017-12-31 kentucky"],
    ),
    "only another year is denied": (
        "Ford's plant in Kentucky will open in 2022 rather than 2020.",
        ["StatusReport postponed 2022-12-31 kentucky"],
    ),
    "what goes on with a subject goes on with its thing": (
        "Ford's plant in Kentucky is being built and will come online in 2022.",
        [
            "StatusReport underway kentucky",
            "StatusReport announced 2022-12-31 kentucky",
        ],
    ),
    "people who go along with work are there": (
        "Work on Ford's plant in Kentucky goes on with 80 workers.",
        ["Observation employees 80 reported kentucky"],
    ),
    "a part that is sold is no share": (
        "IKEA has closed the sale of 60 per cent of its store in Hyderabad.",
        ["StatusReport achieved hyderabad"],
    ),
    "what is doubled is worked on": (
        "Ford is doubling its plant in Kentucky.",
        ["StatusReport underway kentucky"],
    ),
}


@pytest.mark.parametrize(("text", "stated"), STATED.values(), ids=STATED)
def test_states(graph: kg.Graph, text: str, stated: list[str]) -> None:
    assert said(graph, text) == stated


SILENT = {
    "what is not planned": "Ford said it would not build a plant in Mexico.",
    "no plans": "IKEA has no plans to open 20 stores in Kenya.",
    "what is denied": "Samsung denied that it plans to close its factory in Noida.",
    "what is rejected": "Samsung rejected reports that it would cut 10,000 jobs in India.",
    "what an outlet is for": "Xiaomi was founded in China. MediaNama's mission is to help build an ecosystem.",
    "who leads something else": "Ford paid. Jane Roe, chief executive of the state, came in May.",
    "what closes where something else opens": "Starbucks will close its office and open a museum in Milan.",
    "what nobody wants": "Nobody wants to buy the plant of Dyson in Singapore.",
    "what will never be": "Ford will never build a plant in Mexico.",
    "what is only counted, and nobody knows how": "Ford will fly 300 flags over a plant in Kentucky.",
    "what a thing does by itself": "The plant of Ford in Kentucky will allow no cars.",
    "what more is told of two": "General Motors wants to join Samsung SDI in Indiana, where 1,600 people will work.",
    "what may be put off is not put off": "Samsung may delay its plant in Texas.",
    "a question": "Is Intel going to build a plant in Germany?",
    "what is not known": "It is unclear whether Foxconn will build the plant.",
    "what did not happen": "Xiaomi did not open 5,000 shops in India.",
    "what was reported wrongly": "An earlier version of this report said that Ford would build a plant in Kentucky.",
    "what no indicator measures": "Ford will donate 300 trees.",
    "whoever is not known": "The Economic Board expects 500 jobs at the new plant.",
    "another thing than the counted one": "Ford plans to build 300 fountains and a park.",
    "a part of something": "One of five stores sells coffee.",
    "whose of two numbers is whose": "In India Vivo is ahead of Xiaomi, at 10 and 9 per cent of smartphone shipments.",
    "a number that is neither planned nor so yet": "IKEA: 25 stores in India by 2025.",
    "how much is added is not how much there is": "IKEA raised its revenue by 2 billion euros.",
    # Somebody else acts, and the text has only one company that the graph knows.
    "what another company plans": "Xiaomi sells phones. Reliance plans to open 2,000 stores by 2022.",
    "what a new company plans": (
        "Brightwater Quill plans to open 40 service centres in India by 2026, its chief executive Asha Rao said. "
        "Payments go through MobiKwik. Brightwater has 12 such centres today and expects to employ 900 people."
    ),
    "what a rival has": "Luckin, its rival, has 16,000 coffee shops. Starbucks was first.",
    "what a supplier plans": "IKEA's supplier Vanguard hopes to open a factory in India by 2026.",
    "what a government plans": "The government of Karnataka wants to create 50,000 jobs by 2028. Foxconn is there.",
    "it is the union": "Ford was told. The union wants to strike. It expects 9,000 workers to walk out.",
    "what a union says": "Ford's plant in Kentucky may lose 1,400 jobs, the United Auto Workers said.",
    "what somebody new says of itself": "Xiaomi sells phones. Lava said it would hire 1,200 people.",
    "what goes on behind another company": "Foxconn left. Vedanta wants to go on alone and will spend $5 billion.",
    "what another company does in the passive": "Ford buys batteries. A plant is to be built in Nevada by Redwood Materials.",
    "a thing of somebody new": "The new plant of Brightsolar near Chennai will employ 2,000 people by 2027. Dixon is near.",
    "a company whose name is longer": "In 2018 Tata Starbucks opened 390 coffee shops.",
    "where another company is": "General Motors wants to join Samsung SDI in Indiana, where 1,600 people will work.",
    "which tells of who stands before": "Amazon rents a hall from Segro, which is spending 120 million pounds on it.",
    "a number of another company": "TSMC was asked. Intel would like it, TSMC 2,000 people.",
    "what a rival says of a company": "Xiaomi's Manu Kumar Jain said Samsung planned to cut 500 jobs.",
    "we, of whom nobody knows": '"We will hire 5,000 people before IKEA opens," he added.',
    "we, outside a quotation": "Samsung was first. Jane Roe: We will have 5,000 shops by the end of the year.",
    "what a company ought to do": "Shell should spend $10 billion a year on wind.",
    "what is denied in the next sentence": "TechCrunch wrote that Xiaomi would lay off 900 people in India. Xiaomi denied it.",
    "neither, nor": "Nor will Amazon hire 5,000 people.",
    "what follows from what was not so": "If Intel had built the plant in Magdeburg, 3,000 people would work there today.",
    "how many are added to what is there": "Samsung has opened 200 more service centres.",
    "how many are to be added": "Analysts expect Samsung to open 200 more service centres by June.",
    "a point of a list that has no verb": "Starbucks\n- 9,000 coffee shops in China by the end of 2025",
    "what a number falls short of": "Recycled plastic was short of the 25 per cent that Unilever had promised.",
    "what was counted before another day": "Dixon's sales rose 30 per cent a year earlier.",
    "what is given up at a place that nobody knows": "Foxconn scrapped an earlier plan in Ruritania.",
    "what is dropped for the climate": "By 2025 Lego wants to drop plastic bags.",
    "people are no shops": "IKEA has one store in it. Of these, 25 million people are expected to visit.",
    "what is said before a correction": "Correction: we said that Moderna would build a plant in Kenya by 2025.",
    "whose a thing is after two companies": (
        "Ford sold it. Amazon rents a hall. Some 1,500 people are to work in the plant."
    ),
    "a part of a plant is none that is built": "Dangote Industries will list 10 per cent of its refinery in Lagos next year.",
    "what an opponent says of a company": '"Unilever will never be net zero by 2039," said Greenpeace.',
    "a share of something else": "Stellantis sold cars. Of them 14 per cent were red. It holds 18.6 per cent of the market.",
    "its, of whoever is not known": "Flipkart sells. Meesho said its sellers had created 500,000 jobs.",
    "what a country plans": "Foxconn came. India plans to hire 50,000 people by 2030.",
    "a number that is to be there by a day to come": "Ford has 1,500 shops across 30 cities by 2030.",
    "what somebody only dreams of": "Xiaomi dreamed of 100 million phones a year in 2010.",
    "who has a longer name": "Xiaomi Boltano will open 20 stores in India by 2030.",
    "a number that is not so": "Ford will not create 900 jobs in Kentucky.",
    "whose acquisition it is": "Bolt plans the acquisition of Ford.",
    "what ends is the year": "Ford, Jane Roe said, was quiet until the end of 2019.",
    "several things that are late": "IKEA paid. The diggers are late.",
    "what another one promised": "Ford has fewer shops than the 20 that Bolt promised in India.",
    "a line by its number": "Ford runs line three.",
    "what a contract is worth": "Ford has an order for trains, worth $310 million.",
    "what another one plans that is told more of": "Bolt, which supplies Ford, will build a plant in Ohio.",
    "who is named in a list of others": "Ford was early. Near Delhi, Bolt and Nut, two rivals, will open 20 shops.",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_states_nothing(graph: kg.Graph, text: str) -> None:
    assert said(graph, text) == []


GERMAN = {
    "ein Plan": (
        "Ford will bis 2025 in Kentucky 500 Arbeitsplätze schaffen.",
        ["Target jobs-created 500 2025-12-31 announced kentucky"],
    ),
    "eine Verschiebung": (
        "Intel hat den Bau der Fabrik in Ohio verschoben.",
        ["StatusReport postponed ohio"],
    ),
    "eine Absage": (
        "Intel gibt die Fabrik in Magdeburg auf.",
        ["StatusReport abandoned magdeburg"],
    ),
    "eine Eröffnung": (
        "IKEA hat in Hyderabad ein Einrichtungshaus eröffnet.",
        ["StatusReport achieved hyderabad"],
    ),
    "eine Möglichkeit": (
        "TSMC prüft ein Werk in Deutschland.",
        ["StatusReport considered germany"],
    ),
    "eine Absage im Passiv": ("Ford: Auch das Werk in Polen wird nicht gebaut.", []),
    "kein Plan": ("Ford will nicht in Mexiko bauen und plant keine Fabrik.", []),
}


@pytest.mark.parametrize(("text", "stated"), GERMAN.values(), ids=GERMAN)
def test_german_is_read_by_the_same_code(graph: kg.Graph, text: str, stated: list[str]) -> None:
    assert said(graph, text, "de") == stated


def test_a_quotation_is_that_of_who_is_named_behind_it(graph: kg.Graph) -> None:
    text = '"We will add 300 coffee shops in China," Belinda Wong, who chairs Starbucks China, told the Financial Times.'
    target = drafted(graph, text)[-1].keys
    assert (target["mode"], target["speaker"]) == ("quoted", "belinda-wong")


def test_who_is_told_does_not_speak(graph: kg.Graph) -> None:
    text = "Xiaomi plans to hire 500 people in India, Lei Jun, its chairman, told Mint."
    target = next(p.keys for p in drafted(graph, text) if p.keys["type"] == "Target")
    told = {key: target[key] for key in ("speaker", "on_behalf_of", "via", "mode")}
    assert told == {
        "speaker": "lei-jun",
        "on_behalf_of": "xiaomi",
        "via": "mint",
        "mode": "paraphrased",
    }


def test_figures_of_analysts_have_no_speaker(graph: kg.Graph) -> None:
    [observation] = drafted(graph, "Samsung sold 60 million smartphones in 2018, according to IDC.")
    assert observation.keys["via"] == "idc"
    assert observation.keys["kind"] == "counted"
    assert "speaker" not in observation.keys


def test_who_holds_no_known_office_speaks_for_no_company(graph: kg.Graph) -> None:
    text = "Foxconn will get $80 million in subsidies in Wisconsin, Tony Evers said."
    [target] = drafted(graph, text)
    assert target.keys["speaker"] == "tony-evers"
    assert "on_behalf_of" not in target.keys


def test_a_place_that_nobody_knows_is_not_that_of_a_known_plan(graph: kg.Graph) -> None:
    [target] = drafted(graph, "Samsung will invest Rs 5,000 crore in a factory in Ruritania.")
    assert "place" not in target.keys
    assert target.keys["about"] == "samsung-ruritania-manufacturing"
    assert target.things == (
        {
            "id": "samsung-ruritania-manufacturing",
            "type": "Initiative",
            "label": "manufacturing in Ruritania",
            "company": "samsung",
            "kind": "manufacturing",
        },
    )


def test_what_is_abroad_is_not_where_the_text_is(graph: kg.Graph) -> None:
    text = "At home IKEA laid off 600 people."
    [cut] = propose(Paper(text, title="IKEA in India", published=PUBLISHED), graph.index)
    assert "place" not in cut.keys


def test_a_company_that_the_graph_does_not_know_is_proposed(graph: kg.Graph) -> None:
    text = (
        "Shares of Bolt Motors rose. Bolt Motors plans to build a factory in Germany by 2022. "
        "The factory of Bolt Motors will create 1,200 jobs."
    )
    factory, jobs = drafted(graph, text)
    assert factory.keys["about"] == "bolt-motors-germany-manufacturing"
    assert factory.things[0] == {"id": "bolt-motors", "type": "Company", "label": "Bolt Motors"}
    assert jobs.keys["value"] == "1200"


def test_a_company_of_the_title_alone_is_told_nothing_of(graph: kg.Graph) -> None:
    text = (
        "Brightwater, which supplies water, plans to hire 400 people. Brightwater lost £38 million."
    )
    found = propose(Paper(text, title="News of IKEA", published=PUBLISHED), graph.index)
    assert {str(p.keys["about"]).split("-")[0] for p in found} == {"brightwater"}


def test_people_are_taken_for_no_company(graph: kg.Graph) -> None:
    text = (
        "Jane Roe spoke. Roe wants to hire 500 people, and Roe plans to open a factory in Germany."
    )
    assert drafted(graph, text) == []


def test_a_figure_is_of_no_known_plan_at_a_place_of_which_the_text_does_not_speak(
    graph: kg.Graph,
) -> None:
    text = "Moderna built a plant in Ruritania. The plant can make 250 million doses of vaccine a year."
    assert "moderna-kenya" not in {p.keys["about"] for p in drafted(graph, text)}


def test_a_country_is_no_new_company(graph: kg.Graph) -> None:
    text = "Ford and Britain talked. Britain plans to hire 500 people. For Britain it plans more."
    assert drafted(graph, text) == []


def test_jobs_of_a_company_are_no_manufacturing_unless_that_is_said(graph: kg.Graph) -> None:
    [target] = drafted(graph, "Amazon has pledged to create 2 million jobs in India by 2025.")
    assert target.keys["about"] == "amazon-india-employment"


def test_a_company_that_is_only_compared_is_not_where_the_text_is(graph: kg.Graph) -> None:
    text = (
        "While IKEA closed two stores in China, rival Nitori opened 20 and plans 100 more by 2030. "
        "IKEA's revenue in China fell 8 per cent. Nitori employs 18,000 people."
    )
    places = {p.keys["about"]: p.keys.get("place") for p in drafted(graph, text)}
    assert places["nitori"] is None


def test_a_heading_gives_way_to_what_its_section_tells(graph: kg.Graph) -> None:
    text = "2) Plans for a factory in Germany\nTSMC is exploring a factory in Germany."
    assert said(graph, text) == ["StatusReport considered germany"]


def test_a_figure_stands_in_the_words_of_its_span(graph: kg.Graph) -> None:
    text = "Ford will invest $3.5 billion in Kentucky, hire 500 people and open 20 shops by 2022."
    for proposal, words in zip(drafted(graph, text), ("$3.5 billion", "500", "20"), strict=True):
        [(start, end)] = proposal.spans
        assert words in text[start:end]


def test_a_paper_of_no_day_has_no_day_told_against_it(graph: kg.Graph) -> None:
    [target] = propose(Paper("Ford plans to hire 500 people in Kentucky next year."), graph.index)
    assert "due" not in target.keys


def test_what_is_stated_comes_in_the_order_of_the_text_and_again(graph: kg.Graph) -> None:
    text = "\n".join(text for text, _ in STATED.values())
    proposals = drafted(graph, text)
    assert proposals == sorted(proposals, key=lambda each: each.spans)
    assert proposals == drafted(graph, text)


@pytest.mark.parametrize(
    "part",
    [
        "plans ",
        "a",
        "“",
        "plans to open 5 stores and ",
        "\x00\x07\u202e",
        "if ",
        "More at ET. ",
        "(,)",
        "Q. When will it open?\n\nA. In May. ",
        "Roe: Why?\n",
        "the Bolt plant ",
        "Bolt, a maker, ",
        "IKEA 5 Ford 6 ",
    ],
)
def test_hostile_text_is_read_in_linear_time(graph: kg.Graph, part: str) -> None:
    from tests.work import calls

    short, long = (
        calls(lambda text=text: drafted(graph, text)) for text in (part * 1000, part * 2000)
    )
    assert long < 2.6 * short


def test_nothing_is_found_in_nothing(graph: kg.Graph) -> None:
    for text in ("", "\n\n", "...", "\ufeff", "1"):
        assert drafted(graph, text) == []


def test_what_is_given_up_at_a_place_that_nobody_knows_is_no_known_plan(graph: kg.Graph) -> None:
    [report] = drafted(graph, "Foxconn scrapped an earlier plan for a plant in Ruritania.")
    assert report.keys["status"] == "abandoned"
    assert report.keys["about"] == "foxconn-ruritania-manufacturing"
    assert [thing["label"] for thing in report.things] == ["manufacturing in Ruritania"]


def test_a_name_that_ends_as_companies_do_is_one_at_once(graph: kg.Graph) -> None:
    text = "Luckin Coffee, its rival, has 16,000 coffee shops. Starbucks was first. Luckin has 90,000 employees."
    shops, people = drafted(graph, text)
    assert (shops.keys["about"], shops.keys["value"]) == ("luckin-coffee", "16000")
    assert (people.keys["about"], people.keys["value"]) == ("luckin-coffee", "90000")
    assert shops.things == ({"id": "luckin-coffee", "type": "Company", "label": "Luckin Coffee"},)


def test_who_is_named_with_an_office_is_proposed_and_heard(graph: kg.Graph) -> None:
    text = (
        "Ford is building a plant in Kentucky, its finance director Petra Novak said. "
        "Ford will employ 2,000 people, Novak said."
    )
    status, office, jobs = drafted(graph, text)
    assert (office.keys["subject"], office.keys["predicate"]) == ("petra-novak", "managesFor")
    assert office.things == ({"id": "petra-novak", "type": "Person", "label": "Petra Novak"},)
    for statement in (status, jobs):
        assert statement.keys["speaker"] == "petra-novak"
        assert statement.keys["on_behalf_of"] == "ford"


def test_nobody_holds_an_office_of_a_company_that_is_named_only_later(graph: kg.Graph) -> None:
    text = "Its chief executive Asha Rao spoke. MobiKwik came later."
    assert said(graph, text) == []


def test_two_plans_at_two_places_are_two(graph: kg.Graph) -> None:
    text = "Intel is giving up its factory in Magdeburg and a plant for assembly in Poland."
    spans = {report.keys["place"]: report.spans for report in drafted(graph, text)}
    assert set(spans) == {"magdeburg", "poland"}
    assert [text[a:b] for a, b in spans["poland"]] == [
        "Intel is giving up",
        "a plant for assembly in Poland",
    ]


def test_what_closes_is_a_plan_of_its_own(graph: kg.Graph) -> None:
    [report] = drafted(graph, "Ford plans to shut its plant in Ruritania next year.")
    assert report.keys["about"] == "ford-ruritania-manufacturing-end"
    assert report.things[0]["label"] == "end of manufacturing in Ruritania"
    [report] = drafted(graph, "Shell's refinery at Wesseling will stop processing crude in 2025.")
    assert report.keys["about"] == "shell-wesseling-energy-end"


def test_a_plan_whose_label_names_a_place_is_not_meant_where_nobody_names_that(
    graph: kg.Graph,
) -> None:
    [report] = drafted(graph, "IKEA opens a store on 5 December 2019.")
    assert report.keys["about"] == "ikea-offline-retail"


def test_whoever_is_asked_of_another_company_speaks_for_none(graph: kg.Graph) -> None:
    text = (
        "Jane Roe, head of research at a bank, talks about Ford.\n\nWill you hire?\n\nWe will hire 500 people.\n\n"
        "And then?\n\nWe plan to open 20 shops."
    )
    assert said(graph, text) == []
    led = text.replace("head of research at a bank, talks about Ford", "who runs Ford, talks")
    assert said(graph, led)[-2:] == [
        "Target jobs-created 500 announced",
        "Target branded-shops 20 announced",
    ]


def test_who_writes_we_need_not_be_the_company(graph: kg.Graph) -> None:
    text = "We expect Ford to grow. In our view, we plan to hire 500 people."
    assert "Target jobs-created 500 announced" not in said(graph, text)
    letter = "Ford in 2019: our shops did well. We hired 500 people for our plant in Kentucky."
    [jobs] = drafted(graph, letter)
    assert (jobs.keys["indicator"], jobs.keys["value"]) == ("jobs-created", "500")
