"""What lines of recognised text say about an ID card: the peer's rules.

A line is a quadrangle in the picture, its text and the recogniser's score. The picture may be turned any way.
Every field is (value, sure).
"""

import math
import re
import statistics
from collections import namedtuple

Line = namedtuple("Line", "x y height left right text score")

NATIONS = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 "
    "达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 "
    "门巴 珞巴 基诺"
).split()
FRONT_DOWN = ["姓名", "性别", "出生", "住址", "公民身份号码"]
BACK_DOWN = ["中华人民共和国", "居民身份证", "签发机关", "有效期限"]
DATE = r"(\d{4})[.,。·:：\-]?(\d{2})[.,。·:：\-]?(\d{2})"
SURE = 0.9


def read(found):
    """Fields of all the lines RapidOCR found in one picture."""
    lines = upright(found)
    text = "".join(line.text for line in lines)
    fields = {}
    if "居民身份证" in text or "签发" in text or "有效期" in text:
        fields.update(back(lines))
    if "姓名" in text or "住址" in text or "公民身份" in text or id_number(lines):
        fields.update(front(lines))
    return fields


def upright(found):
    """The lines as they stand when the card is read: x along the text, y down."""
    quads = [([tuple(map(float, point)) for point in quad], tidy(text), float(score)) for quad, text, score in found]
    quads = [quad for quad in quads if quad[1]]
    if not quads:
        return []
    angle = direction(quads)
    lines = turned(quads, angle)
    return lines if down(lines) >= 0 else turned(quads, angle + math.pi)


def tidy(text):
    return text.replace(" ", "").replace("•", "·").replace("．", ".")


def sides(quad):
    """The longer side, as a vector along the text, and both lengths."""
    along = (quad[1][0] - quad[0][0], quad[1][1] - quad[0][1])
    across = (quad[3][0] - quad[0][0], quad[3][1] - quad[0][1])
    return (along, across) if math.hypot(*along) >= math.hypot(*across) else (across, along)


def direction(quads):
    """Of most of the text, up to half a turn: long lines say it best."""
    cosine = sine = 0.0
    for quad, text, _ in quads:
        long, short = sides(quad)
        length = math.hypot(*long)
        if length < 1.5 * math.hypot(*short):
            continue
        angle = math.atan2(long[1], long[0])
        cosine += length * math.cos(2 * angle)
        sine += length * math.sin(2 * angle)
    return math.atan2(sine, cosine) / 2


def turned(quads, angle):
    c, s = math.cos(-angle), math.sin(-angle)
    lines = []
    for quad, text, score in quads:
        xs = [x * c - y * s for x, y in quad]
        ys = [x * s + y * c for x, y in quad]
        height = min(math.hypot(*side) for side in sides(quad))
        lines.append(Line(sum(xs) / 4, sum(ys) / 4, height, min(xs), max(xs), text, score))
    return sorted(lines, key=lambda line: line.y)


def down(lines):
    """Positive when the labels follow each other downwards."""
    votes = 0
    for labels in (FRONT_DOWN, BACK_DOWN):
        places = [(order, line.y) for order, label in enumerate(labels) for line in lines if label in line.text]
        for a, first in places:
            votes += sum((first < second) - (first > second) for b, second in places if a < b)
    for line in lines:
        if re.search(r"\d{17}[\dX]", line.text):
            votes += sum((other.y < line.y) - (other.y > line.y) for other in lines)
    return votes


def checked(number):
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, weights)) % 11] == number[17]


def id_number(lines):
    for line in lines:
        for number in re.findall(r"(?=(\d{17}[\dXx]))", line.text):
            number = number.upper()
            year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
            if checked(number) and 1900 < year < 2030 and 1 <= month <= 12 and 1 <= day <= 31:
                return number, line
    return None


def front(lines):
    """Labels are pale and small: what stands without one is known by its place."""
    fields = {}
    number = id_number(lines)
    if number:
        value, line = number
        fields["id_number"] = (value, line.score >= SURE)
        fields["birth"] = (f"{value[6:10]}-{value[10:12]}-{value[12:14]}", True)
        fields["sex"] = ("男" if int(value[16]) % 2 else "女", True)
    unit = statistics.median(line.height for line in lines)
    number_line = number[1] if number else None
    fields.update(name(lines, unit) or name_by_place(lines, unit))
    fields.update(nation(lines, unit))
    fields.update(address(lines, unit, number_line) or address_by_place(lines, unit, number_line))
    return fields


def name_by_place(lines, unit):
    """The topmost line of two to four characters, above the sex or the date of birth."""
    below = [line.y for line in lines if re.search(r"[性别民族]|^[男女]|\d+[年月日]", line.text)]
    for line in lines:
        value = re.sub(r"[^\u3400-\u9fff·]", "", line.text)
        if below and line.y < min(below) - 0.8 * unit and (2 <= len(value) <= 4 or "·" in value):
            return {"name": (value, False)}
    return {}


def value_of(lines, unit, label, pattern):
    """What follows a label in its line, or in the line to the right of it."""
    for line in lines:
        found = re.search(pattern, line.text)
        if not found:
            continue
        rest = line.text[found.end() :]
        if rest:
            return rest, [line]
        right = [o for o in lines if o is not line and abs(o.y - line.y) < 0.8 * unit and o.x > line.x]
        if right:
            nearest = min(right, key=lambda other: other.left)
            return nearest.text, [line, nearest]
        return "", [line]
    return None


def name(lines, unit):
    found = value_of(lines, unit, "姓名", r"^.{0,1}姓?名")
    if not found or not found[0]:
        return {}
    value = re.sub(r"[^\u3400-\u9fff·]", "", found[0].replace("-", "·").replace(".", "·"))
    sure = 2 <= len(value.replace("·", "")) and all(line.score >= SURE for line in found[1])
    return {"name": (value, sure)}


def nation(lines, unit):
    found = value_of(lines, unit, "民族", r"民族|民旅|民放|(?<=[男女]).?族")
    if not found or not found[0]:
        return {}
    text = re.sub(r"[^\u3400-\u9fff]", "", found[0])
    if text in NATIONS:
        return {"nation": (text, min(line.score for line in found[1]) >= SURE)}
    near = sorted(NATIONS, key=lambda nation: -likeness(nation, text))
    return {"nation": (near[0], False)} if likeness(near[0], text) > 0 else {}


def likeness(nation, text):
    common = sum(character in text for character in nation)
    return common / max(len(nation), len(text), 1)


def address(lines, unit, number_line):
    found = value_of(lines, unit, "住址", r"^.{0,1}住?址|^住")
    if not found:
        return {}
    value, used = found
    first = used[-1]
    if not value:
        return {}
    label = used[0]
    # Further lines begin where the first one does, below it and above the number.
    bottom = number_line.y - unit if number_line else math.inf
    last = first
    for line in lines:
        below = 0.5 * unit < line.y - last.y < 2.6 * unit and line.y < bottom
        inside = line.left > label.left + unit and line.left < label.left + 6.5 * unit
        if below and inside and "公民" not in line.text:
            value += line.text
            used = used + [line]
            last = line
    value = re.sub(r"[^\u3400-\u9fff0-9A-Za-z\-()（）]", "", value)
    sure = len(value) >= 7 and all(line.score >= SURE for line in used)
    return {"address": (value, sure)}


def address_by_place(lines, unit, number_line):
    """The lines above the number, from the one that begins with a province, a city or a county."""
    if not number_line:
        return {}
    used = []
    for line in lines:
        if line.y >= number_line.y - unit or re.search(r"\d[年月日]|公民|^\D{0,2}[姓性民]", line.text):
            continue
        if used or re.search(r"[省市县区]", line.text):
            used.append(line)
    value = re.sub(r"[^\u3400-\u9fff0-9A-Za-z\-]", "", "".join(line.text for line in used))
    return {"address": (value, False)} if value else {}


def back(lines):
    fields = {}
    unit = statistics.median(line.height for line in lines)
    found = value_of(lines, unit, "签发机关", r"签发机关|发机关|签发机")
    candidates = [found] if found and found[0] else []
    candidates += [(line.text, [line]) for line in lines if re.search("公安.*局", line.text)]
    for text, used in candidates:
        if text.endswith("局"):
            value = re.sub(r"[^\u3400-\u9fff]", "", text)
            fields["authority"] = (value, all(line.score >= SURE for line in used))
            break
    for line in lines:
        dates = re.search(DATE + r".{0,3}?(?:" + DATE + r"|(长期|长|期))", line.text)
        if dates:
            parts = dates.groups()
            until = "-".join(parts[3:6]) if parts[3] else "长期"
            sure = line.score >= SURE and plausible("-".join(parts[:3]), until)
            fields["valid_from"] = ("-".join(parts[:3]), sure)
            fields["valid_until"] = (until, sure)
            break
    return fields


def plausible(begins, until):
    if until == "长期":
        return True
    years = int(until[:4]) - int(begins[:4])
    return begins[4:] == until[4:] and years in (5, 10, 20) or years in (0, 1)
