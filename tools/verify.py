#!/usr/bin/env python3
"""Checks a file that `pm export` made, with nothing but Python's standard library: no network, no word of pm believed.

  python3 verify.py <session.pm.tar> [<public key file or key id>]

Prints VERIFIED and exits 0, or REFUSED with the reason and exits 1. tools/verify.mjs does the same in Node.js.
"""
import base64, datetime, decimal, hashlib, json, re, sys

TYPE = "application/vnd.in-toto+json"
STATUSES = ["INVALID", "ERROR", "NO_EVIDENCE", "INCOMPLETE", "COMPLETE"]
EVENTS = """session.opened session.attached task.submitted snapshot.taken phase.started phase.passed
phase.failed phase.skipped run.started run.ended provider.objected result.captured command.ran check.evaluated
gates.evaluated landing.started landing.finished landing.undone landing.merged landing.conflicted
task.interrupted task.cancelled task.failed approval.given approval.expired report.written task.ended""".split()
MEMBERS = """README.txt public-key.pem report.html badge.svg evidence/journal.jsonl evidence/session.json
evidence/executor_runs.jsonl evidence/evidence_index.json evidence/report.md evidence/report.json
evidence/attestation.dsse.json""".split()

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
    half = multiply(s >> 1, add(p, p)) if s > 0 else (0, 1, 1, 0)
    return add(half, p) if s & 1 else half

def decompress(data):
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x if (x * x - x2) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    check(y < P and (x * x - x2) % P == 0 and (x > 0 or sign == 0), "an encoded point is none")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signed_by(public, message, signature):
    a, r, s = decompress(public), decompress(signature[:32]), int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = multiply(s, BASE), add(r, multiply(k, a))
    return s < L and len(signature) == 64 and all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))

def read_key(pem):
    """Of the smallest points there are encodings that OpenSSL takes and RFC 8032 doesn't: they are no keys here."""
    der = base64.b64decode(pem.split("\n")[1], validate=True)
    form = "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" % base64.b64encode(der).decode()
    is_point = len(der) == 44 and 1 < int.from_bytes(der[12:], "little") % 2**255 < P - 1
    is_key = is_point and der.hex().startswith("302a300506032b6570032100")
    check(pem == form and is_key, "the key is no Ed25519 public key in PEM")
    return der

def read_pin(pin):
    """A key id, or a PEM file with whatever line ends."""
    if re.fullmatch("[0-9a-f]{64}", pin):
        return pin
    with open(pin, encoding="utf-8") as file:
        return sha256(read_key(file.read().rstrip("\n") + "\n"))

def parse(data):
    return json.loads(data.decode(), parse_int=float, parse_constant=lambda text: check(False, text + " is no number"))

def write_number(value):
    """As ECMAScript does: the shortest digits that are no other double."""
    is_plain = value == 0 or 1e-6 <= abs(value) < 1e21
    text = format(decimal.Decimal(repr(value or 0.0)), "f") if is_plain else repr(value)
    return re.sub(r"\.0$", "", text).replace("e-0", "e-")

def canonical(value):
    """JSON with sorted keys and no white space (RFC 8785)."""
    if isinstance(value, float):
        return write_number(value)
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", lambda found: "\\u%04x" % ord(found[0]), json.dumps(value, ensure_ascii=False))
    if isinstance(value, list):
        return "[%s]" % ",".join(map(canonical, value))
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{%s}" % ",".join("%s:%s" % (canonical(key), canonical(value[key])) for key in keys)
    return json.dumps(value)

def read_tar(data):
    """ustar, every header byte is what the name and the size make it, nothing between or after the members."""
    folder = data[345:500].split(b"\0")[0]
    check(re.fullmatch(rb"session-[a-z0-9]{1,40}", folder), "the tar is of no session")
    members, at = {}, 0
    while at + 512 <= len(data) and data[at] != 0:
        name = data[at:at + 100].split(b"\0")[0]
        octal = data[at + 124:at + 135]
        check(re.fullmatch(rb"[0-7]{11}", octal), "the tar has a size that is none")
        start, size = at + 512, int(octal, 8)
        end = start + -(-size // 512) * 512
        head = name.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"0" * 11 + b"\0"
        rest = b"0" + bytes(100) + b"ustar\x0000" + bytes(80) + folder.ljust(167, b"\0")
        header = head + b"%06o\0 " % sum(head + b" " * 8 + rest) + rest
        check(data[at:start] == header, "the tar's header at byte %d is not pm's" % at)
        check(end <= len(data) and not any(data[start + size:end]), "the padding before byte %d is not empty" % end)
        check(name.decode() not in members, "a name is in the tar twice")
        members[name.decode()], at = data[start:start + size], end
    check(data[at:] == bytes(1024), "the tar does not end as it should")
    return folder.decode(), members

def open_envelope(name, data, der, kind):
    """@returns subject and predicate of a statement in canonical JSON that this key signed."""
    payload = base64.b64decode(parse(data)["payload"], validate=True)
    sig = base64.b64decode(parse(data)["signatures"][0]["sig"], validate=True)
    form = '{"payload":"%s","payloadType":"%s","signatures":[{"keyid":"%s","sig":"%s"}]}\n'
    ours = form % (base64.b64encode(payload).decode(), TYPE, sha256(der), base64.b64encode(sig).decode())
    check(data == ours.encode(), name + " is no envelope of this key as pm writes it")
    signed = b"DSSEv1 %d %s %d " % (len(TYPE), TYPE.encode(), len(payload)) + payload
    check(signed_by(der[12:], signed, sig), name + " has a signature that the key did not make")
    said = parse(payload)
    form = {"_type": "https://in-toto.io/Statement/v1", "subject": said["subject"], "predicate": said["predicate"],
            "predicateType": "https://pm-orchestrator-runner.dev/%s/v1" % kind}
    check(canonical(form).encode() == payload, name + " holds no statement as pm writes it")
    return said["subject"], said["predicate"]

def read_journal(data):
    check(data.endswith(b"\n"), "the journal does not end with a whole line")
    prev, events = "0" * 64, []
    for number, line in enumerate(data[:-1].split(b"\n"), 1):
        at, event = (parse(line)[name] for name in ("at", "event"))
        time = datetime.datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").isoformat("T", "milliseconds") + "Z"
        ours = canonical({"at": time, "event": event, "prev": prev, "seq": number}).encode()
        check(line == ours and event["type"] in EVENTS, "line %d of the journal is not what followed" % number)
        prev = sha256(line)
        events.append(event)
    return events, {"seq": len(events), "hash": prev}

def blobs_of(value):
    if isinstance(value, dict) and "sha256" in value and "encoding" in value:
        return {value["sha256"]}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(blobs_of, inner))

def check_tasks(said, events):
    """What the attestation says of the tasks is what the journal ends with."""
    ids = [event["task_id"] for event in events if event["type"] == "task.submitted"]
    check([task["task_id"] for task in said["tasks"]] == ids, "the attestation is of other tasks")
    for task in said["tasks"]:
        own = [event for event in events if event.get("task_id") == task["task_id"]]
        status, ended = task["status"], own[-1]["type"] == "task.ended"
        claim = "%s is said to be %s" % (task["task_id"], status)
        check(not ended or own[-1]["status"] == status, claim + ", the journal says " + str(own[-1].get("status")))
        gates = [event["violations"] for event in own if event["type"] == "gates.evaluated"]
        check(status != "COMPLETE" or (ended and gates[-1] == []), claim + ", but not proven")
        check(task["result"] in [None, *(event.get("tree") for event in own)], claim + " with another result")
    worst = min((STATUSES.index(task["status"]) for task in said["tasks"]), default=3)
    check(said["overall_status"] == STATUSES[worst], "it is said to be %s, its tasks are not" % said["overall_status"])

def verify_export(data, pin=None):
    folder, members = read_tar(data)
    der = read_key(members.get("public-key.pem", b"").decode())
    wanted = sha256(der) if pin is None else read_pin(pin)
    check(wanted == sha256(der), "it is of the key %s, not of %s" % (sha256(der), wanted))
    events, head = read_journal(members.get("evidence/journal.jsonl", b""))
    check([events[0]["type"], events[0]["session_id"]] == ["session.opened", folder], "it is of another session")
    blobs = {"evidence/blobs/sha256/%s/%s" % (id[:2], id): id for id in sorted(blobs_of(events))}
    reported = any(event["type"] == "report.written" for event in events)
    names = [name for name in MEMBERS if reported or not name.startswith("evidence/report.")]
    check([*members] == [*names, *blobs, "seal.dsse.json"], "other members than the journal asks for")
    for name, digest in blobs.items():
        check(sha256(members[name]) == digest, "the blob %s was altered" % digest)
    seal = open_envelope("seal.dsse.json", members.pop("seal.dsse.json"), der, "export")
    sealed = [{"name": name, "digest": {"sha256": sha256(data)}} for name, data in members.items()]
    check(seal == (sealed, {"session_id": folder, "key_id": sha256(der)}), "the seal does not fit what is in the file")
    subject, said = open_envelope("the attestation", members["evidence/attestation.dsse.json"], der, "attestation")
    root = sha256("".join(digest + "\n" for digest in blobs.values()).encode())
    proven = [("journal", "sha256", head["hash"]), ("evidence", "sha256", root)]
    proven += [("result/" + one["task_id"], "gitTree", one["result"]) for one in said["tasks"] if one["result"]]
    subjects = [{"name": name, "digest": {kind: digest}} for name, kind, digest in proven]
    claimed = [subject, *(said[name] for name in ("session_id", "key_id", "journal", "evidence"))]
    ours = [subjects, folder, wanted, head, {"blobs": len(blobs), "root": root}]
    check(canonical(claimed) == canonical(ours), "the attestation is of another session, or state of it")
    check_tasks(said, events)
    by = "Signed by %s%s" % (wanted, ": is it the key you were told?" if pin is None else ", as asked for")
    return "%s is %s; %d journal lines, %d blobs\n%s" % (folder, said["overall_status"], len(events), len(blobs), by)

if __name__ == "__main__":
    try:
        check(len(sys.argv) > 1, "no file: python3 verify.py <session.pm.tar> [<public key file or key id>]")
        with open(sys.argv[1], "rb") as export:
            print("VERIFIED: " + verify_export(export.read(), *sys.argv[2:3]))
    except Exception as error:  # What a forged file says of itself must not reach the terminal as it is.
        sys.exit(print("REFUSED: " + re.sub("[^ -~]", "?", str(error))) or 1)
