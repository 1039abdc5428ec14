"""Organizations: known names, and phrases with an organization's ending and a proper beginning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletins.mentions.clause import Candidate, Clause, left_edge, specifier
from bulletins.mentions.company_names import find_companies
from bulletins.mentions.grammar import HAN, grammar
from bulletins.mentions.latin_names import find_invested, find_latin
from bulletins.mentions.proper_names import is_proper

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT_GOVERNMENT = re.compile(r"[美英日韩俄德法印澳加荷]政府(?!间)")
# Whose head is named leads a body: 产业联盟|秘书长, 咨询委员会的|联合主席.
_LED = re.compile(r"的?(?:共同|联合|副|常务副|首任|现任|名誉)?(?:主席|会长|理事长|秘书长|主任委员)")
_LED_BODY = re.compile(r"(?:委员会|协会|学会|联盟|联合会|理事会|基金会|商会)$")
_SUBJECTS = re.compile(
    r"(?:经济|工业|能源|教育|科学|农业|商业|贸易|产业|环境|卫生|文化|交通|财政|创新|科技)[和与及、]$"
)
# What a name may follow that is made of plain words only: 名为…中心, 成立…工作组.
_CALLED = re.compile(r"(?:名为|称为|命名为|取名为|组建|成立|设立|筹建|创建|建立|新设)了?(?:一个)?$")
_FOUNDED = re.compile(
    r"(?:委员会|工作组|研究所|研究院|办公室|理事会|卓越中心|图书馆|联盟|基金会|政策中心|局)$"
)


def find_organizations(clause: Clause) -> list[Candidate]:
    """Find the organizations of a clause; candidates may overlap."""
    found = [*_known(clause), *_built(clause), *find_invested(clause), *find_companies(clause)]
    found += find_latin(clause, lambda end: _ends_a_name(clause, end))
    found += [
        Candidate(*match.span(), "organization", "government", 3)
        for match in _SHORT_GOVERNMENT.finditer(clause.text)
        if not match.start()
        or clause.cuts[match.start()]
        or not HAN.match(clause.text[match.start() - 1])
    ]
    return _with_country(clause, found)


def _known(clause: Clause) -> Iterator[Candidate]:
    for start, end, entry in clause.hits:
        if entry.type == "organization" and not is_headed(clause.text, end):
            yield Candidate(start, end, "organization", entry.kind, 3)


def is_headed(text: str, end: int) -> bool:
    """Say whether the name goes on as another word: 商务部|长, 东京大学|生, 中国银行|业."""
    last, after = text[end - 1], text[end : end + 1]
    if last in "局署省院厅":
        return after == "长"
    if last == "部":
        if after == "分":
            return text[end + 1 : end + 2] not in ("别", "析", "配")
        return after in tuple("长门件队署落")
    if text.startswith("大学", end - 2):
        return after in ("生", "城")
    return text.startswith("银行", end - 2) and after in ("业", "家", "卡")


def _with_country(clause: Clause, found: list[Candidate]) -> list[Candidate]:
    """Take in a country right before a public body's Chinese name: 美国|商务部, 德国|马普学会."""
    text, widened = clause.text, list(found)
    for one in found:
        if not HAN.match(text[one.start]) or one.kind in ("company", "latin", "own"):
            continue
        start = one.start
        begin = _country_before(clause, start)
        if one.kind in ("ministry", "short", "agency") and (
            joined := _SUBJECTS.search(text, max(0, start - 4), start)
        ):
            # 法国|经济和|财政部: a ministry of two subjects, of which one alone is known.
            first = _country_before(clause, joined.start())
            begin = first if first >= 0 else begin
        if begin >= 0 and (not begin or not clause.ends.get(begin)):
            widened.append(Candidate(begin, one.end, "organization", one.kind, 3))
        short = text[start - 1] if start else ""
        if short in clause.gazetteers.short_countries and short not in "中日以新加意华":
            first = start == 1 or not HAN.match(text[start - 2]) or clause.cuts[start - 1]
            if first and grammar().country_government.at(text, start):
                widened.append(Candidate(start - 1, one.end, "organization", one.kind, 3))
    return widened


def _country_before(clause: Clause, end: int) -> int:
    """Give where the country that ends at `end` begins, -1 if none does (美国 in 美国陆军, too)."""
    for length in range(2, min(7, end + 1)):
        entry = clause.gazetteers.entries.get(clause.text[end - length : end])
        if entry is not None and entry.kind == "country":
            return end - length
    return -1


def _built(clause: Clause) -> Iterator[Candidate]:
    text, rules = clause.text, grammar()
    for at, ending in rules.ending_forms.find(text):
        # A longer ending that began earlier (研究|中心) is read from there.
        end = at + len(ending)
        kind = rules.endings[ending]
        if is_headed(text, end) or (kind == "short" and not _is_short_ending(text, at, ending)):
            continue
        if made := built(clause, at, end, kind) or _called(clause, at, end, kind):
            yield made


def _is_led(clause: Clause, start: int, end: int) -> bool:
    """Say whether a body's head stands behind its name: 量子咨询委员会的共同主席."""
    text = clause.text
    return bool(_LED.match(text, end) and _LED_BODY.search(text, start, end))


def _called(clause: Clause, head: int, end: int, kind: str) -> Candidate | None:
    """Read a name of plain words by the verb before it: 名为|智能存储中心, 成立|芯片工作组."""
    if kind not in ("body", "center", "institute", "library", "short"):
        return None
    text = clause.text
    start = left_edge(clause, head, plain=True)
    start += text[start] == "任" and _is_led(clause, start, end)
    if _is_led(clause, start, end) and head - start > 3 and not is_common(text, end):
        plain = text[start] in "该各本此两三四多数" or grammar().is_generic(text[start:head])
        return None if plain else Candidate(start, end, "organization", kind, 5)
    cue = _CALLED.search(text, max(0, start - 6), start)
    if cue is None or is_common(text, end):
        return None
    named = cue[0].startswith(("名为", "称为", "命名", "取名"))
    if head - start < (3 if named else 4) or not (named or _FOUNDED.search(text, start, end)):
        return None
    if text[start] in "一两二三四五六七八九十几多数各" or clause.words is None:
        return None
    return Candidate(start, end, "organization", kind, 4)


def is_common(text: str, end: int) -> bool:
    """Say whether a common noun ends here that only looks like a name (数据中心)."""
    return bool(grammar().common_nouns.before(text, end))


def _is_short_ending(text: str, at: int, ending: str) -> bool:
    rules = grammar()
    after = text[at + 1 : at + 2]
    before = text[at - 1] if at else ""
    return after not in rules.short_not_before.get(ending, ()) and before not in (
        rules.short_not_after.get(ending, ())
    )


def built(
    clause: Clause, head: int, end: int, kind: str, *, evident: bool = False
) -> Candidate | None:
    """Read the organization whose ending is `text[head:end]`, or None if it is no proper name.

    `evident` says that its abbreviation or foreign name follows, so that plain words will do.
    """
    rules, text = grammar(), clause.text
    if is_common(text, end) and not evident:
        return None
    if text[head - 1] == "）":
        return _around_brackets(clause, head, end, kind)
    joins = kind in rules.join_kinds
    start = left_edge(clause, head, joins=joins, comma=kind != "university", plain=evident)
    start = _behind_verb(clause, start, head)
    if kind == "company":
        start = behind_maker(text, start, head)
    start = proper_start(clause, start, head)
    if start >= head:
        return None
    body, mark = text[start:head], specifier(clause, start)
    if kind == "weak" and not evident and (mark != "country" or len(body) < 6):
        return None
    plain = rules.is_generic(body) and len(body) < 5
    if evident and mark != "organization":
        start = max(start, behind_maker(text, start, head))
        body = text[start:head]
    if evident and len(body) > 1 and HAN.match(text[start]) and not plain:
        return Candidate(start, end, "organization", kind, 2)
    national = text.startswith("国家", clause.starts.get(start, (head, None))[0])
    if mark == "country" and kind == "company" and not national and start in clause.starts:
        if text[clause.starts[start][0] : head] in rules.national_companies:
            return Candidate(start, end, "organization", kind, 4)
        behind = clause.starts[start][0]
        whole = text.startswith("中国", start) and text[head:end] != "公司"
        whole = whole and head - behind > 3 and behind not in clause.starts
        if whole and not rules.is_generic(text[behind:head]):
            return Candidate(start, end, "organization", kind, 4)
        start = behind
        body, mark = text[start:head], specifier(clause, start) or "country"
        if not body or rules.is_generic(body):
            return None
        if body[0] in rules.stops and not rules.kept.at(text, start):
            return None
    if not is_proper(clause, start, head, kind, mark):
        return None
    return Candidate(start, end, "organization", kind, 4)


_MAKER = re.compile(r"(?:公司|企业|厂商|[产造应发营]商|机构|巨头|智库|组织)(?=[\u4e00-\u9fff]{2})")


def behind_maker(text: str, start: int, head: int) -> int:
    """Go behind a plain word for who it is: 国有研发机构|新能源技术开发组织."""
    last = start
    for match in _MAKER.finditer(text, start + 1, head):
        last = match.end()
    return last if head - last > 1 else start


def _behind_verb(clause: Clause, start: int, head: int) -> int:
    """Go behind a verb that stands after a whole name: 某大学|开设|量子实验室."""
    hit = clause.starts.get(start)
    while hit and hit[1].kind == "country" and hit[0] in clause.starts:
        hit = clause.starts[hit[0]]
    if hit is None or hit[1].type != "organization":
        return start
    for at in range(head - 1, hit[0] + 1, -1):
        if at in clause.verbs and not grammar().generic.before(clause.text, at):
            return at
    return start


def _around_brackets(clause: Clause, head: int, end: int, kind: str) -> Candidate | None:
    """Read `NSTC 极紫外（EUV）中心`: an abbreviation explained inside a name."""
    text = clause.text
    opening = text.rfind("（", max(0, head - 10), head)
    if kind == "company" and any(
        begin == opening + 1 for begin, _ in clause.ends.get(head - 1, ())
    ):
        # 明川科技（上海）|有限公司
        start = proper_start(clause, left_edge(clause, opening), opening)
        return Candidate(start, end, "organization", kind, 2) if opening - start > 2 else None
    if opening < 2 or not text[opening + 1 : head - 1].isascii():
        return None
    start = left_edge(clause, opening)
    if specifier(clause, start) not in ("organization", "country", "latin") or kind == "short":
        return None
    return Candidate(start, end, "organization", kind, 4)


def proper_start(clause: Clause, start: int, head: int) -> int:
    """Move to the right to the word that makes the phrase a name, over plain words before it."""
    if specifier(clause, start):
        return start
    rules, text = grammar(), clause.text
    for at in range(start + 1, head):
        mark = specifier(clause, at)
        if mark in ("", "lead", "latin", "person") or text[at - 1] == "（":
            continue
        before = text[start:at]
        if rules.is_transliterated(before) or (len(before) == 1 and before in "东西南北新中"):
            return start
        return at
    for at in range(start + 1, head):
        if rules.leads.at(text, at) in ("国家", "国立", "皇家", "欧洲"):
            return at
    return start


def _ends_a_name(clause: Clause, end: int) -> bool:
    """Say whether 公司 or 组织 in front of a Latin word belongs to another name (谷歌公司)."""
    rules = grammar()
    ending = rules.ending_forms.before(clause.text, end)
    if not ending:
        return False
    return built(clause, end - len(ending), end, rules.endings[ending]) is not None
