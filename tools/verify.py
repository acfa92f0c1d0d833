#!/usr/bin/env python3
"""Checks a file that `pm export` made, with nothing but Python's standard library: no network, no word of pm believed.

  python3 verify.py <session.pm.tar> [<public key file or key id>]

Prints VERIFIED and exits 0, or REFUSED with the reason and exits 1. tools/verify.mjs does the same in Node.js.
"""
import base64, hashlib, json, os, re, sys

TYPE = "application/vnd.in-toto+json"
STATUSES = ["INVALID", "ERROR", "NO_EVIDENCE", "INCOMPLETE", "COMPLETE"]

def check(holds, reason):
    if not holds:
        raise ValueError(reason)

def sha256(data):
    return hashlib.sha256(data).hexdigest()

# Ed25519 as in RFC 8032, verification only. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
P = 2**255 - 19
L, D = 2**252 + 27742317777372353535851937790883648493, -121665 * pow(121666, P - 2, P) % P

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def multiply(s, p):
    q = (0, 1, 1, 0)
    while s > 0:
        if s & 1:
            q = add(q, p)
        p, s = add(p, p), s >> 1
    return q

def decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - x2) % P != 0 or (x == 0 and sign == 1):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signed_by(public, message, signature):
    a, r, s = decompress(public), decompress(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = multiply(s, BASE), add(r, multiply(k, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))

def read_key(pem):
    der = base64.b64decode("".join(pem.split("\n")[1:-2]), validate=True)
    form = "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" % base64.b64encode(der).decode()
    is_ed25519 = len(der) == 44 and der.hex().startswith("302a300506032b6570032100")
    check(pem == form and is_ed25519, "the key is no Ed25519 public key in PEM")
    return der

class Number(str):
    """A number as it is written: its digits are kept, so that they need not be made again."""

def parse(data):
    return json.loads(data.decode(), parse_int=Number, parse_float=Number)

def quote(text):
    return re.sub("[\ud800-\udfff]", lambda found: "\\u%04x" % ord(found[0]), json.dumps(text, ensure_ascii=False))

def canonical(value):
    """JSON with sorted keys and no white space (RFC 8785)."""
    if isinstance(value, str):
        return str(value) if isinstance(value, Number) else quote(value)
    if isinstance(value, list):
        return "[%s]" % ",".join(map(canonical, value))
    if isinstance(value, dict):
        return "{%s}" % ",".join("%s:%s" % (quote(key), canonical(value[key])) for key in sorted(value))
    return json.dumps(value)

def header(folder, name, size):
    block = bytearray(512)
    fields = [(0, name), (100, b"0000644\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"0" * 11 + b"\0"),
              (148, b"        0"), (257, b"ustar\x0000"), (345, folder)]
    for at, content in fields:
        block[at:at + len(content)] = content
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)

def read_tar(data):
    """ustar, every header byte is what the name and the size make it, nothing between or after the members."""
    folder = data[345:500].split(b"\0")[0]
    check(re.fullmatch(rb"session-[a-z0-9]{1,40}", folder), "the tar is of no session")
    members, at = {}, 0
    while at + 512 <= len(data) and data[at] != 0:
        name = data[at:at + 100].split(b"\0")[0]
        octal = data[at + 124:at + 135]
        check(re.fullmatch(rb"[0-7]{11}", octal), "the tar has a size that is none")
        size = int(octal, 8)
        start, end = at + 512, at + 512 + -(-size // 512) * 512
        check(data[at:start] == header(folder, name, size), "the tar's header at byte %d is not pm's" % at)
        check(end <= len(data) and not any(data[start + size:end]), "the padding before byte %d is not empty" % end)
        check(name.decode() not in members, "a name is in the tar twice")
        members[name.decode()], at = data[start:start + size], end
    check(data[at:] == bytes(1024), "the tar does not end as it should")
    return folder.decode(), members

def open_envelope(name, data, der, kind):
    payload = base64.b64decode(parse(data)["payload"], validate=True)
    sig = base64.b64decode(parse(data)["signatures"][0]["sig"], validate=True)
    form = '{"payload":"%s","payloadType":"%s","signatures":[{"keyid":"%s","sig":"%s"}]}\n'
    ours = form % (base64.b64encode(payload).decode(), TYPE, sha256(der), base64.b64encode(sig).decode())
    check(data == ours.encode(), name + " is no envelope of this key as pm writes it")
    signed = b"DSSEv1 %d %s %d " % (len(TYPE), TYPE.encode(), len(payload)) + payload
    check(signed_by(der[12:], signed, sig), name + " has a signature that the key did not make")
    statement = parse(payload)
    types = ["https://in-toto.io/Statement/v1", "https://pm-orchestrator-runner.dev/%s/v1" % kind]
    check([statement["_type"], statement["predicateType"]] == types, name + " holds another kind of statement")
    check(statement["predicate"]["key_id"] == sha256(der), name + " names another key")
    return statement

def read_journal(data):
    check(data.endswith(b"\n"), "the journal does not end with a whole line")
    prev, events = "0" * 64, []
    for number, line in enumerate(data[:-1].split(b"\n"), 1):
        value = parse(line)
        follows = value["seq"] == str(number) and value["prev"] == prev
        check(follows and canonical(value).encode() == line, "line %d of the journal is not what followed" % number)
        prev = sha256(line)
        events.append(value["event"])
    return events, {"seq": Number(len(events)), "hash": prev}

def blobs_of(value):
    if isinstance(value, dict) and "sha256" in value and "encoding" in value:
        return {value["sha256"]}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(blobs_of, inner))

def check_tasks(statement, events):
    """What the attestation says of the tasks is what the journal ends with."""
    said = statement["predicate"]
    ids = [event["task_id"] for event in events if event["type"] == "task.submitted"]
    check([task["task_id"] for task in said["tasks"]] == ids, "the attestation is of other tasks")
    trees = {subject["name"]: subject["digest"].get("gitTree") for subject in statement["subject"]}
    for task in said["tasks"]:
        own = [event for event in events if event.get("task_id") == task["task_id"]]
        status, ended = task["status"], own[-1]["type"] == "task.ended"
        claim = "%s is said to be %s" % (task["task_id"], status)
        check(status in STATUSES, claim + ", which is no status")
        check(not ended or own[-1]["status"] == status, claim + ", the journal says " + str(own[-1].get("status")))
        gates = [event["violations"] for event in own if event["type"] == "gates.evaluated"]
        check(status != "COMPLETE" or (ended and gates[-1] == []), claim + ", but not proven")
        known = task["result"] is None or any(event.get("tree") == task["result"] for event in own)
        same = trees.get("result/" + task["task_id"]) == task["result"]
        check(same and known, "the attested result of %s is not the journal's" % task["task_id"])
    worst = min((STATUSES.index(task["status"]) for task in said["tasks"]), default=3)
    check(said["overall_status"] == STATUSES[worst], "it is said to be %s, its tasks are not" % said["overall_status"])

def verify_export(data, pin=None):
    folder, members = read_tar(data)
    der = read_key(members.get("public-key.pem", b"").decode())
    if pin is not None and os.path.exists(pin):
        with open(pin) as file:
            pin = sha256(read_key(file.read()))
    check(pin in (None, sha256(der)), "it is of the key %s, not of %s" % (sha256(der), pin))
    events, head = read_journal(members.get("evidence/journal.jsonl", b""))
    check(events[0]["session_id"] == folder, "the journal is of another session")
    blobs = {"evidence/blobs/sha256/%s/%s" % (id[:2], id): id for id in sorted(blobs_of(events))}
    reports = ["report.md", "report.json"] if any(event["type"] == "report.written" for event in events) else []
    made = ["journal.jsonl", "session.json", "executor_runs.jsonl", "evidence_index.json", *reports]
    evidence = ["evidence/" + name for name in [*made, "attestation.dsse.json"]]
    front = ["README.txt", "public-key.pem", "report.html", "badge.svg"]
    check([*members] == [*front, *evidence, *blobs, "seal.dsse.json"], "other members than the journal asks for")
    for name, digest in blobs.items():
        check(sha256(members[name]) == digest, "the blob %s was altered" % digest)
    seal = open_envelope("seal.dsse.json", members.pop("seal.dsse.json"), der, "export")
    sealed = [{"name": name, "digest": {"sha256": sha256(data)}} for name, data in members.items()]
    check(seal["subject"] == sealed, "the seal does not fit what is in the file")
    said = open_envelope("the attestation", members["evidence/attestation.dsse.json"], der, "attestation")
    digests = {subject["name"]: subject["digest"].get("sha256") for subject in said["subject"]}
    root = sha256("".join(digest + "\n" for digest in blobs.values()).encode())
    claimed = (said["predicate"]["session_id"], said["predicate"]["journal"], digests["journal"], digests["evidence"])
    check(claimed == (folder, head, head["hash"], root), "the attestation is of another session, or state of it")
    check_tasks(said, events)
    status = said["predicate"]["overall_status"]
    by = "Signed by %s%s" % (sha256(der), ", as asked for" if pin else ": is it the key you were told?")
    return "%s is %s; %d journal lines, %d blobs\n%s" % (folder, status, len(events), len(blobs), by)

if __name__ == "__main__":
    try:
        check(len(sys.argv) > 1, "no file: python3 verify.py <session.pm.tar> [<public key file or key id>]")
        with open(sys.argv[1], "rb") as export:
            print("VERIFIED: " + verify_export(export.read(), *sys.argv[2:3]))
    except Exception as error:
        sys.exit(print("REFUSED: %s" % error) or 1)
