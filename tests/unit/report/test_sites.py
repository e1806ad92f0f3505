"""Sites and people in words: amounts of the assessment, nothing invented, nobody counted twice."""

from __future__ import annotations

from msgspec.structs import replace

from generator.analysis.contributions import points_of
from generator.analysis.sites import match_sites, own_road
from generator.report.met import is_met
from generator.report.sites import site_fields


def lines(assessment, voice, number):
    return " ".join(site_fields(assessment, voice)["details"][number]["lines"])


def test_the_matrix_has_a_cell_for_each_site_and_option(full, voice):
    fields = site_fields(full, voice)
    assert len(fields["matrix"]) == 3
    assert all(len(row["options"]) == len(fields["options"]) for row in fields["matrix"])
    bands = [cell["band"] for row in fields["matrix"] for cell in row["options"]]
    options = [option for match in full.sites for option in match.options]
    for option, band in zip(options, bands, strict=True):
        # A site that would do is grey where the option lacks something that it must have.
        is_grey = option.verdict == "hosts" and not is_met(option.use_id, full)
        assert band == ("unknown" if is_grey else option.verdict)
    assert any(one.verdict == "hosts" and not is_met(one.use_id, full) for one in options)


def test_sites_and_options_stand_against_each_other_both_ways(full, voice):
    fields = site_fields(full, voice)
    assert [row["name"] for row in fields["hosts"]] == fields["options"]
    assert len(fields["places"]) == len(fields["matrix"])
    for place, row in enumerate(fields["hosts"]):
        assert row["places"] == [site["options"][place] for site in fields["matrix"]]


def test_what_a_site_cannot_host_is_said_with_the_amount(full, english):
    # 10 MVA carry 9 MW; battery storage begins at 10 MW, a factory unit at 6,000 m².
    shown = lines(full, english, 1)
    assert "connection 9 MW, 1 MW short of 10 MW (Battery storage)" in shown
    assert "hall 4,000 m², 2,000 m² short of 6,000 m²" in shown


def test_a_road_of_weight_excludes_and_a_small_yard_does_not(full, english):
    assert "; distance to road or port 45 km, 15 km above 30 km (" in lines(full, english, 1)
    # A charging yard asks for 1,500 m² with a weight of 2.
    known, site = full.knowledge, full.region.sites[0]
    small = replace(site, hall_m2=replace(site.hall_m2, value=1000.0))
    region = replace(full.region, sites=(small,))
    sites = match_sites(region, known, full.screening, full.readiness)
    assert "Not ruled out, but below a minimum: hall 1,000 m², 500 m² short of 1,500 m²" in lines(
        replace(full, region=region, sites=sites), english, 0
    )


def test_what_must_be_known_first_is_named(full, english):
    text = lines(full, english, 2)
    assert "until these are known: connection (AI and high-performance computing hall; " in text
    assert "connection and water (Green hydrogen; Coal-mine gas for power and heat)" in text
    assert "ruled out by what is known" not in text


def test_evidence_and_clearance_are_given_or_missing(full, english):
    assert "not mining: hourly load curves." in lines(full, english, 0)
    assert "No clearance document is on file." in lines(full, english, 0)
    silent = replace(full.sites[0], has_load_evidence=False)
    unsaid = lines(replace(full, sites=(silent,)), english, 0)
    assert "No evidence that the load is not mining is on file" in unsaid
    # Nobody asks it of a hall that no miner used.
    assert "not mining" not in lines(full, english, 1)
    assert "clearance" not in lines(full, english, 1)


def test_mining_machines_serve_no_other_computing(full, english):
    assert "sold abroad. Mining machines serve no other computing" in lines(full, english, 0)
    silent = replace(full.sites[0], equipment=type(full.sites[0].equipment)())
    unsaid = lines(replace(full, sites=(silent,)), english, 0)
    assert "they serve no other computing" in unsaid


def test_voltage_cooling_and_state_are_described_and_blanks_are_words(full, english):
    assert "supply: 110 kV; cooling: air; building: not stated" in lines(full, english, 0)
    assert "supply: not stated" in lines(full, english, 1)


def test_a_load_that_nobody_explains_is_a_risk_and_no_asset(full, english):
    sentence = site_fields(full, english)["unexplained"]
    assert sentence.startswith("A load of 1.2 MW")
    assert "a risk, part of no capacity" in sentence
    assert "Until it is explained no former mining site is prepared" in sentence


def test_options_that_the_region_cannot_carry_are_named_whatever_the_site(full, english):
    assert "Green hydrogen" in site_fields(full, english)["elsewhere"]


def test_without_sites_the_chapter_says_so(bare, voice):
    fields = site_fields(bare, voice)
    assert fields["intro"] == voice.say("sites.none")
    assert fields["matrix"] == fields["details"] == []
    assert fields["elsewhere"] == fields["unexplained"] == ""


def test_a_shortage_is_told_beside_what_the_projects_take(lacking, english):
    (row,) = site_fields(lacking, english)["staff"]
    assert (row["group"], row["available"], row["need"]) == ("operations staff", "10", "15")
    assert row["to_target"] == "5 full-time staff of the 15 that the projects take"
    # Twelve former electricians are more than the five that are short.
    assert (row["transferred"], row["remaining"]) == ("5", "none")


def test_a_group_that_the_projects_find_in_full_has_no_row(full, english):
    """What the table of limits says is taken is on hand, so nobody is said to be lacking."""
    assert all(one.short == 0 for one in full.skills.shortages)
    assert site_fields(full, english)["staff"] == []


def test_people_who_move_are_counted_once(lacking, english):
    moved = sum(transfer.fte for role in lacking.skills.roles for transfer in role.transfers)
    rows = site_fields(lacking, english)["staff"]
    assert sum(float(row["transferred"]) for row in rows if row["transferred"] != "none") == moved


def test_a_role_says_where_its_people_go_or_why_not(lacking, english):
    rows = {row["role"]: row for row in site_fields(lacking, english)["roles"]}
    assert rows["Electrical technician (former mine)"]["ways"] == [
        "operations staff, as Data-centre operations: 5 people after 3 months"
    ]
    assert rows["Site security (former mine)"]["ways"] == ["no role near enough"]
    unknown = rows["High-voltage electrician (former mine)"]
    assert unknown["free"] == "–"
    assert unknown["ways"] == ["number of free people unknown"]


def test_a_covered_shortage_needs_nobody(lacking, voice):
    shortages = tuple(
        replace(one, short=0.0, transferred=0.0, remaining=0.0) for one in lacking.skills.shortages
    )
    roles = tuple(replace(role, transfers=()) for role in lacking.skills.roles)
    fields = site_fields(
        replace(lacking, skills=replace(lacking.skills, shortages=shortages, roles=roles)), voice
    )
    assert fields["roles"][0]["ways"] == [voice.say("skills.no_need_left")]
    assert fields["staff"] == []


def test_an_unknown_shortage_is_a_dash_and_says_so(lacking, voice):
    shortages = tuple(
        replace(one, short=None, transferred=0.0, remaining=None)
        for one in lacking.skills.shortages
    )
    roles = tuple(replace(role, transfers=()) for role in lacking.skills.roles)
    fields = site_fields(
        replace(lacking, skills=replace(lacking.skills, shortages=shortages, roles=roles)), voice
    )
    assert {row["to_target"] for row in fields["staff"]} == {voice.dash}
    assert fields["roles"][0]["ways"] == [voice.say("skills.need_unknown")]


def test_without_roles_or_needs_the_part_says_so(bare, voice):
    fields = site_fields(bare, voice)
    assert fields["staff"] == fields["roles"] == []
    assert fields["staff"] == []
    assert fields["roles_note"] == voice.say("skills.no_roles", least="0.5")


def test_what_asks_nothing_of_a_site_waits_for_no_figure_of_it(full, english):
    first, *others = full.sites[0].options
    free = replace(first, verdict="unknown", tests=())
    found = replace(full, sites=(replace(full.sites[0], options=(free, *others)),))
    shown = lines(found, english, 0)
    name = english.use(first.use_id)
    assert f"Asks nothing of a site and is judged without it: {name};" in shown
    assert name not in shown.partition("until these are known: ")[2].partition(". ")[0]


def test_where_nearly_all_is_hosted_a_sentence_names_what_is_not(full, english, monkeypatch):
    assert site_fields(full, english)["same"] == ""
    alike = [
        replace(match, options=tuple(replace(one, verdict="hosts", tests=()) for one in match.options))
        for match in full.sites
    ]  # fmt: skip
    # A use that is not ready starts nowhere, whatever a site offers.
    monkeypatch.setattr("generator.report.sites.is_met", lambda *_: True)
    # Nor does one whose smallest size a site is too small for at its low end.
    programme = replace(full.programme, candidates={})
    full = replace(full, programme=programme)
    even = replace(full, sites=tuple(alike))
    assert site_fields(even, english)["same"] == "Every site can host every option."
    first, *others = alike[0].options
    odd = replace(alike[0], options=(replace(first, verdict="unknown"), *others))
    said = site_fields(replace(full, sites=(odd, *alike[1:])), english)["same"]
    name, site = english.use(first.use_id), english.name(odd.site.name)
    assert (
        said == f"Every site can host every option, with these exceptions. {site} – open: {name}."
    )


def test_a_site_that_is_too_small_at_its_low_end_says_so_and_hosts_nothing(full, english):
    """By the values stated the shed would do; a plan counts its low ends."""
    rows = {row["name"]: row["places"] for row in site_fields(full, english)["hosts"]}
    small = [
        (one.use_id, fit.place.number)
        for one in full.programme.candidates.values()
        for fit in one.fits
        if fit.full is None
    ]
    assert small
    for use_id, number in small:
        assert rows[english.use(use_id)][number]["text"] == "too small at its low end"


def test_what_a_site_could_host_and_no_plan_holds_is_told_with_why(dear, english):
    """Changzhi: coal-mine gas finds a site and has too few points."""
    told = site_fields(dear["changzhi"], english)["intro"]
    assert told.endswith(
        "Coal-mine gas for power and heat – not now: too few points "
        "(Anchor institutions signed; size of its anchor industry)."
    )


def test_a_project_stands_only_where_its_use_is_listed_with_the_road_of_that_site(cities):
    """The score of the region takes the nearest site; with its own road a project keeps to the line."""
    for found in cities.values():
        known, line = found.knowledge, found.knowledge.assumed("shortlist_readiness")
        for project in found.programme.projects:
            use = found.readiness.uses[project.use_id]
            road = own_road(use, known)
            if road is None or project.place.number is None:
                continue
            site = found.region.sites[project.place.number]
            (part,) = (one for one in use.contributions if one.requirement is road.need)
            near = min(site.road_km.value, site.port_km.value)
            own = road.need.weight * points_of(near, road.need)
            assert use.low - part.points_low + own >= line
    # Qingdao: a truck yard 7 km from the road would score below the line, one at 4 km would not.
    (fit,) = cities["qingdao"].programme.candidates["R13"].fits
    verdicts = [
        next(one.verdict for one in match.options if one.use_id == "R13")
        for match in cities["qingdao"].sites
    ]
    assert [row for row, one in enumerate(verdicts) if one == "hosts"] == [fit.place.number]
