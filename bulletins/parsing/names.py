"""Telling the names of people from other words in a byline."""

from __future__ import annotations

import re

# The family names of more than 99 % of Chinese people (public census lists).
_FAMILY = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文"
    "牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲"
    "盛冉蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席"
    "卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀"
    "胥郁蒿蒯厉雍璩储水来郜计步都满弓国晋楚闻党翁练从申蔺慕皮历奚衣庾花平班诸昝茹"
)
_DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "令狐",
    "夏侯",
)
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,4}$")
_FOREIGN = re.compile(
    r"(?:[\u3400-\u9fff]{1,6}[·•・][\u3400-\u9fff·•・]{1,12}"
    r"|[A-Z][A-Za-z.'’-]{0,20}(?: [A-Z][A-Za-z.'’-]{0,20}){0,3})$"
)
_SPLIT = re.compile(r"[、，,；;/／|&\s]+")
_NOT_GIVEN = re.compile("[的是在和与及了为有各等]")


_NOT_NAMES = frozenset(
    ("待续", "续完", "未完", "完毕", "全文完", "续表", "附表", "附图", "附件", "节选", "摘要")
)


def is_name(word: str) -> bool:
    """Say whether `word` reads as the name of one Chinese person with a common family name."""
    if not may_be_name(word):
        return False
    return word[0] in _FAMILY or word.startswith(_DOUBLE)


def may_be_name(word: str) -> bool:
    """Say whether `word` has the shape of a Chinese person's name, of however rare a family."""
    if not _CHINESE.match(word) or _NOT_GIVEN.search(word[1:]) or word in _NOT_NAMES:
        return False
    return len(word) < 4 or word.startswith(_DOUBLE)


def names_in(text: str, strict: bool) -> tuple[str, ...]:
    """List the names that `text` consists of, () if it holds anything else.

    `袁 洁` is one name: single characters join. With `strict` one of several must begin with a
    known family name; without, where a role such as 执笔 vouches for them, 2–4 characters or a
    foreign name do.
    """
    if not text or len(text) > 120:
        return ()
    if not strict and _FOREIGN.match(text.strip()) and not has_separator(text):
        return (text.strip(),)
    words: list[str] = []
    single = False
    for word in _SPLIT.split(text.strip()):
        if not word:
            continue
        if len(word) == 1 and single:
            words[-1] += word
            single = len(words[-1]) < 2
            continue
        single = len(word) == 1
        words.append(word)
    if not words or not all(map(may_be_name if strict else _plausible, words)):
        return ()
    if strict and len(words) > 1 and not any(map(is_name, words)):
        return ()
    return tuple(words)


def has_separator(text: str) -> bool:
    """Say whether `text` lists several things."""
    return re.search("[、，,；;/]", text) is not None


def _plausible(word: str) -> bool:
    return (_CHINESE.match(word) is not None and not _NOT_GIVEN.search(word[1:])) or (
        _FOREIGN.match(word) is not None
    )
