"""The grammar of names, from `data/grammar.yaml`, ready for lookups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bulletins.mentions.tables import Forms, table

HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Endings, boundaries and cue words of names; see the comments in the data file."""

    endings: dict[str, str]
    ending_forms: Forms
    short_not_before: dict[str, frozenset[str]]
    short_not_after: dict[str, frozenset[str]]
    generic: Forms
    national_companies: frozenset[str]
    common_nouns: Forms
    things: Forms
    hard: Forms
    stops: frozenset[str]
    stop: re.Pattern[str]
    kept: Forms
    join_kinds: frozenset[str]
    leads: Forms
    lead_kinds: dict[str, str]
    programs: Forms
    program_follow: frozenset[str]
    program_generic: frozenset[str]
    documents: Forms
    quoted: tuple[tuple[str, Forms], ...]
    publish: Forms
    titled: Forms
    titles: Forms
    person_after: Forms
    short_titles: Forms
    surnames: frozenset[str]
    rare_surnames: frozenset[str]
    not_persons: Forms
    transliteration: frozenset[str]
    latin_leads: Forms
    latin_endings: frozenset[str]
    investing: re.Pattern[str]
    place_endings: Forms
    town_endings: frozenset[str]
    country_follow: Forms
    country_government: Forms
    place_in: Forms
    place_at: Forms
    not_before_at: frozenset[str]
    place_follow: frozenset[str]
    place_owns: Forms
    landmarks: Forms
    name_follow: frozenset[str]
    name_follow_words: Forms
    long_surnames: Forms
    given_names: frozenset[str]
    subject_verbs: Forms
    work_verbs: Forms
    work_leads: Forms
    program_cues: Forms
    fund_verbs: Forms
    program_starts: Forms
    program_backs: Forms
    titled_works: Forms
    no_funds: Forms
    lines: Forms
    not_after_fund: frozenset[str]
    speech: Forms
    sectors: Forms
    weak_sectors: Forms
    business: Forms
    latin_business: Forms
    together: Forms

    def is_transliterated(self, text: str) -> bool:
        """Say whether a text is written only in characters that transliterate foreign names."""
        return len(text) > 1 and all(char in self.transliteration or char in "·-" for char in text)

    def is_generic(self, text: str) -> bool:
        """Say whether a text is made of nothing but plain words (科技, 半导体, 研究 …)."""
        reached = {0}
        for start in range(len(text)):
            if start in reached:
                for length in range(1, 7):
                    if text[start : start + length] in self.generic:
                        reached.add(start + length)
                if text[start] in "和与及、的":
                    reached.add(start + 1)
        return len(text) in reached


@cache
def grammar() -> Grammar:
    """Read the grammar once."""
    data = table("grammar")
    endings = {form: kind for kind, forms in data["organization"].items() for form in forms}
    return Grammar(
        endings=endings,
        ending_forms=Forms(endings),
        short_not_before={
            k: frozenset(v.replace(" ", "")) for k, v in data["short_not_before"].items()
        },
        short_not_after={
            k: frozenset(v.replace(" ", "")) for k, v in data["short_not_after"].items()
        },
        generic=Forms(data["generic"]),
        things=Forms(data["things"]),
        common_nouns=Forms(data["common_nouns"]),
        national_companies=frozenset(data["national_companies"]),
        hard=Forms(data["hard"]),
        stops=frozenset(data["stops"]),
        stop=re.compile(f"[{data['stops']}]"),
        kept=Forms(data["kept"]),
        join_kinds=frozenset(data["join_kinds"]),
        leads=Forms(data["leads"]),
        lead_kinds=data["lead_kinds"],
        programs=Forms(data["program"]),
        program_follow=frozenset(data["program_follow"]),
        program_generic=frozenset(data["program_generic"]),
        documents=Forms(data["document"]),
        quoted=(
            ("program", Forms(data["quoted_program"])),
            ("document", Forms(data["quoted_document"])),
            ("organization", Forms(data["quoted_organization"])),
        ),
        publish=Forms(data["publish"]),
        titled=Forms(data["titled"]),
        titles=Forms(data["titles"]),
        person_after=Forms(data["person_after"]),
        short_titles=Forms(data["short_person_titles"]),
        surnames=frozenset(data["surnames"] + data["more_surnames"]),
        rare_surnames=frozenset(data["rare_surnames"]),
        not_persons=Forms(data["not_persons"]),
        transliteration=frozenset(data["transliteration"]),
        latin_leads=Forms(data["latin_lead"]),
        latin_endings=frozenset(data["latin_endings"]),
        investing=re.compile("|".join(map(re.escape, data["investing"]))),
        place_endings=Forms(data["place_suffix"]),
        town_endings=frozenset(data["town_suffix"]),
        country_follow=Forms(data["short_country_follow"]),
        country_government=Forms(data["short_government"]),
        place_in=Forms(data["place_in"]),
        place_at=Forms(data["place_at"]),
        not_before_at=frozenset(data["not_before_at"]),
        place_follow=frozenset(data["place_follow"]),
        place_owns=Forms(data["place_owns"]),
        landmarks=Forms(data["landmarks"]),
        name_follow=frozenset(data["name_follow"]),
        name_follow_words=Forms(data["name_follow_words"]),
        long_surnames=Forms(data["japanese_surnames"] + data["compound_surnames"]),
        given_names=frozenset(data["given_names"]),
        subject_verbs=Forms(data["subject_verbs"]),
        work_verbs=Forms(data["work_verbs"]),
        work_leads=Forms(data["work_leads"]),
        program_cues=Forms(data["program_cues"]),
        fund_verbs=Forms(data["fund_verbs"]),
        program_starts=Forms(data["program_starts"]),
        program_backs=Forms(data["program_backs"]),
        titled_works=Forms(data["titled_works"]),
        no_funds=Forms(data["no_funds"]),
        lines=Forms(data["lines"]),
        not_after_fund=frozenset(data["not_after_fund"]),
        speech=Forms(data["speech"]),
        sectors=Forms(data["sectors"]),
        weak_sectors=Forms(data["weak_sectors"]),
        business=Forms(data["business"]),
        latin_business=Forms(data["latin_business"]),
        together=Forms(data["together"]),
    )
