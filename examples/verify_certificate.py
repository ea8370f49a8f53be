"""Check certificates with nothing of nvqplan: python verify_certificate.py FILE DATA_DIR."""

import csv, datetime, hashlib, json, re, sys, tomllib

DAYS = {"before": [-1], "until": [-1, 0], "on": [0], "from": [0, 1], "after": [1]}
PLAIN = ("id", "says", "source", "when", "intended", "why")  # the one key more is a rule's kind
said = json.loads(text := open(sys.argv[1], encoding="utf-8").read())
raw = {name: open(f"{sys.argv[2]}/{name}", "rb").read() for name in ("units.csv", "rules.toml")}
re.search(rb"(choose|titles|counting|except|any)\W*[]=.]", raw["rules.toml"]) and sys.exit("no sum")
book = tomllib.loads(raw["rules.toml"].decode("utf-8-sig"))["qualification"]
table = csv.DictReader(open(f"{sys.argv[2]}/units.csv", encoding="utf-8-sig"))
rows = {row["unit"].strip(): {k: " ".join(v.split()) for k, v in row.items()} for row in table}
true = {"certificate": 1} | {key: said[key] for key in ("nvqplan", "date", "reading")}
true |= {name: hashlib.sha256(each).hexdigest() for name, each in raw.items()} | {"pathways": []}
for case in said["pathways"] or sys.exit("no pathway is certified"):  # each is worked out anew
    named = next(each for each in book if each["id"] == case["qualification"]["id"])
    groups = {str(n): group for group, numbers in named["groups"].items() for n in numbers}
    units, tags, rules = {}, {}, []
    for n, row in [(n, rows[n]) for n in case["units"]]:
        figures = {key: int(row[key]) for key in ("level", "credits", "glh")}
        units[n] = {"uan": row["uan"], "title": row["title"], **figures, "group": groups[n]}
        tags[n] = {f"topic {topic}" for topic in row["topics"].split()}
        tags[n] |= {f"units {n}", f"group {groups[n]}", f"level {figures['level']}"}
    day = datetime.date.fromisoformat(case["registered"] or "9999-12-31")  # none: newest rules
    for rule in named["rule"]:
        when = rule.get("when", {"registered": {}})["registered"].items()
        if not all((day > bound) - (day < bound) in DAYS[word] for word, bound in when):
            continue
        read = {"printed": rule, "intended": rule.get("intended", rule)}[said["reading"]]
        ((kind, body),) = [each for each in read.items() if each[0] not in PLAIN]
        sums = [("", {"of": body, "at_least": len(body)} if kind == "mandatory" else body)]
        if kind == "barred":  # each sum of a rule: what it is about, what it is of, its bounds
            sums = [(", ".join(map(str, of)), {"of": of, "at_most": 1}) for of in body]
        elif kind == "requires":
            sums = [(n, {"of": of, "at_least": len(of) * (n in units)}) for n, of in body.items()]
        elif kind == "age":
            sums = [] if case["age"] is None else [("", {"of": [], **body})]
        for about, asked in sums:
            adds, of = {n: int(rows[n].get(kind, 1)) for n in units}, asked.get("of", {})
            for key, names in (of if isinstance(of, dict) else {"units": of}).items():
                if isinstance(names, dict):
                    span = range(names.get("at_least", 0), names.get("at_most", 100_000) + 1)
                    names = [unit["level"] for unit in units.values() if unit["level"] in span]
                names = [names] if isinstance(names, str | int) else names
                adds = {n: w for n, w in adds.items() if tags[n] & {f"{key} {m}" for m in names}}
            have = case["age"] if kind == "age" else sum(adds.values())
            low, high = (asked.get(end, asked.get("exactly")) for end in ("at_least", "at_most"))
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
print("\n".join(wrong) or "OK") or sys.exit(bool(wrong))
