"""Check certificates with nothing of nvqplan: python verify_certificate.py FILE DATA_DIR."""

import csv, datetime, hashlib, io, json, sys, tomllib

DAYS = {"before": [-1], "until": [-1, 0], "on": [0], "from": [0, 1], "after": [1]}
PLAIN = ("id", "says", "source", "when", "intended", "why")  # the one key more is a rule's kind


def groups_in(groups, above=""):  # each with the names that lead to it, joined by dots
    for name, inside in groups.items():
        nested = isinstance(inside, dict)
        yield from groups_in(inside, f"{above}{name}.") if nested else [(above + name, inside)]


def ways_to(group):  # a group and those that it lies in
    return [group.split(".")[:end] for end in range(1, group.count(".") + 2)]


def called(group):  # what they are called: B.B1 is B1, too, unless there is a B1 of its own
    names = {".".join(way[start:]) for way in ways_to(group) for start in range(len(way))}
    whole = {".".join(way) for each in groups.values() for way in ways_to(each)}
    return {name for name in names if name not in whole or f"{group}.".startswith(f"{name}.")}


def lets_through(of, n):  # whether units.csv and the groups say that a filter counts a unit
    for key, names in (of if isinstance(of, dict) else {"units": of}).items():
        if key == "except":
            if lets_through(names, n):
                return False
            continue
        if isinstance(names, dict):
            span = range(names.get("at_least", 0), names.get("at_most", 1_000_000) + 1)
            names = [level for level in [int(rows[n]["level"])] if level in span]
        elif isinstance(names, str | int):
            names = [names]
        if not tags[n] & {f"{key} {name}" for name in names}:
            return False
    return True


def numbers(entry):  # what will do for a unit, or for one of several: all that it goes by
    each = [str(n) for n in (entry if isinstance(entry, list) else [entry])]
    return [m for n in each for m in next((same for same in alike if n in same), [n])]


def met(entries):  # of each unit that is asked for the one that is there
    there = [next((n for n in numbers(each) if n in units), None) for each in entries]
    return {n: 1 for n in there if n is not None}


def asked(about, wanted, needed):  # so many of some units, for the sake of others
    return about, met(wanted), needed, None


def say(entries):
    of = [each if isinstance(each, list) else [each] for each in entries]
    return ", ".join("one of " * (len(each) > 1) + ", ".join(map(str, each)) for each in of)


def share(body):
    amounts = {n: int(rows[n].get(body.get("measure", "credits"), 1)) for n in units}
    whole = sum(w for n, w in amounts.items() if lets_through(body.get("in", {}), n))
    both = {n for n in units if lets_through(body.get("in", {}), n) and lets_through(body["of"], n)}
    ends = []
    for end, up in (("at_least", -1), ("at_most", 1)):  # rounded up, and down
        written = body.get(end)
        per, of = map(int, written.split("/")) if isinstance(written, str) else (written, 100)
        ends.append(None if per is None else up * (up * whole * per // of))
    return "", {n: amounts[n] for n in units if n in both}, *ends


def total(kind, body):
    adds = {n: int(rows[n].get(kind, 1)) for n in units if lets_through(body.get("of", {}), n)}
    for cap in body.get("counting", []):  # of these units so much counts, the first ones first
        left = cap["at_most"]
        for n in [n for n in adds if adds[n] and lets_through(cap["of"], n)]:
            adds[n], left = min(adds[n], left), max(left - adds[n], 0)
            adds[n] or adds.pop(n)
    return "", adds, *(body.get(end, body.get("exactly")) for end in ("at_least", "at_most"))


def sums_of(kind, body, age):  # what each is about, what units add, the bounds
    if kind == "mandatory":
        return [asked("", body, len(body))]
    if kind == "barred":
        return [(say(of), met(of), None, 1) for of in body]
    if kind == "equivalent":
        return [(say(of), {n: 1 for n in map(str, of) if n in units}, None, 1) for of in body]
    if kind == "requires":
        return [asked(n, of, len(of) * len(met([n]))) for n, of in body.items()]
    if kind == "together":
        return [asked(say(of), of, len(of) * bool(met(of))) for of in body]
    if kind == "implies":
        all_there = [len(met(each["if"])) == len(each["if"]) for each in body]
        needs = [each.get("at_least", len(each["then"])) for each in body]
        told = zip(body, needs, all_there)
        return [asked(say(each["if"]), each["then"], n * there) for each, n, there in told]
    if kind == "age":
        return [] if age is None else [("", {}, body["at_least"], None)]
    return [share(body) if kind == "share" else total(kind, body)]


said = json.loads(text := open(sys.argv[1], encoding="utf-8").read())
files = {name: open(f"{sys.argv[2]}/{name}", "rb").read() for name in ("units.csv", "rules.toml")}
book = tomllib.loads(files["rules.toml"].decode("utf-8-sig"))["qualification"]
table = csv.DictReader(io.StringIO(files["units.csv"].decode("utf-8-sig")))
rows = {row["unit"].strip(): {k: " ".join(v.split()) for k, v in row.items()} for row in table}
true = {"certificate": 1} | {key: said[key] for key in ("nvqplan", "date", "reading")}
true |= {name: hashlib.sha256(each).hexdigest() for name, each in files.items()} | {"pathways": []}
for case in said["pathways"] or sys.exit("no pathway is certified"):  # each is worked out anew
    named = next(each for each in book if each["id"] == case["qualification"]["id"])
    groups = {str(n): group for group, inside in groups_in(named["groups"]) for n in inside}
    alike = [[*map(str, same)] for rule in named["rule"] for same in rule.get("equivalent", [])]
    units, tags, rules = {}, {}, []
    for n, row in [(n, rows[n]) for n in case["units"]]:
        figures = {key: int(row[key]) for key in ("level", "credits", "glh")}
        units[n] = {"uan": row["uan"], "title": row["title"], **figures, "group": groups[n]}
        tags[n] = {f"topic {topic}" for topic in row["topics"].split()}
        tags[n] |= {f"group {name}" for name in called(groups[n])}
        tags[n] |= {f"units {n}", f"level {figures['level']}"}
    day = datetime.date.fromisoformat(case["registered"] or "9999-12-31")  # none: newest rules
    for rule in named["rule"]:
        when = rule.get("when", {"registered": {}})["registered"].items()
        if not all((day > bound) - (day < bound) in DAYS[word] for word, bound in when):
            continue
        read = {"printed": rule, "intended": rule.get("intended", rule)}[said["reading"]]
        ((kind, body),) = [each for each in read.items() if each[0] not in PLAIN]
        for about, adds, low, high in sums_of(kind, body, case["age"]):
            adds = {n: adds[n] for n in units if n in adds}
            have = case["age"] if kind == "age" else sum(adds.values())
            slack = min(s * (have - end) for s, end in ((1, low), (-1, high)) if end is not None)
            words = {"id": rule["id"], "says": read["says"], "kind": kind, "about": about}
            words |= {"source": rule.get("source", named["source"]), "adds": adds, "have": have}
            rules.append(words | {"at_least": low, "at_most": high, "slack": slack})
    totals = {key: sum(unit[key] for unit in units.values()) for key in ("credits", "glh")}
    told = {key: case[key] for key in ("path", "pathway", "centre", "registered", "age")}
    told["reading"] = said["reading"]
    told["qualification"] = {key: named[key] for key in ("id", "number", "qan")}
    true["pathways"] += [told | {"units": units, "totals": totals, "rules": rules}]
true["digest"] = hashlib.sha256(json.dumps(true, sort_keys=True).encode()).hexdigest()
lines = zip(text.splitlines(), json.dumps(true, indent=2).splitlines())
wrong = [f"refused: {a}, worked out: {b}" for a, b in lines if a != b or '"slack": -' in a]
print("\n".join(wrong) or "OK")
sys.exit(bool(wrong))
