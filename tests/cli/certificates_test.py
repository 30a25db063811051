#!/usr/bin/env python3
"""Keys, certificates and password hashes are random; openssl and the system's crypt say whether they are good.

usage: certificates_test.py RHUMB [--record]

The ASN.1 structure of every key and certificate, without what is random in it, is compared with what Helm makes
(certificates.txt). --record writes that file: RHUMB is then helm v4.3.1.
"""
import base64
import re
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
RECORDING = HERE / "certificates.txt"
STAMP = "# recorded: helm v4.3.1\n"
NAMES = {"DNS:a.example.com", "DNS:*.b.example.com", "DNS:localhost"}
ALL_NAMES = NAMES | {"IP Address:10.0.0.1", "IP Address:2001:DB8:0:0:0:0:0:1", "IP Address:192.0.2.7"}
KINDS = ("rsa", "ecdsa", "ed25519")
# Octet strings that hold keys, or are made of them; the first ones stand before any name.
RANDOM = (None, "X509v3 Subject Key Identifier", "X509v3 Authority Key Identifier", "prime256v1", "ED25519")
LEAF, SELF = "CN = leaf.example.com", "CN = self.example.com"


def facts():
    """name -> subject, issuer's name, days, alternative names"""
    yield "ca", ("CN = the ca", "ca", 365, set())
    for kind in KINDS:
        yield f"ca-{kind}", (f"CN = the {kind} ca", f"ca-{kind}", 3650, set())
        yield f"self-{kind}", (SELF, f"self-{kind}", 30, ALL_NAMES)
        yield f"signed-{kind}", (LEAF, "ca", 90, ALL_NAMES)
        yield f"signed-by-{kind}", (LEAF, f"ca-{kind}", 1, ALL_NAMES)
    yield "self", (SELF, "self", 30, ALL_NAMES)
    yield "self-alone", (SELF, "self-alone", 30, set())
    yield "self-unicode", ("CN = grüße.example.com", "self-unicode", 30, set())
    yield "signed", (LEAF, "ca", 90, ALL_NAMES)
    yield "signed-alone", (LEAF, "ca", 90, set())
    yield "signed-by-built", (LEAF, "ca", 90, NAMES)


class Made:
    """What the program made, as files for openssl."""

    def __init__(self, program, folder, *flags):
        self.folder = folder
        out = subprocess.run([program, "template", "rel", HERE / "charts" / "certificates", *flags], capture_output=True,
                             check=True, timeout=300).stdout.decode()
        self.texts = {name: base64.b64decode(text) for name, text in re.findall(r"^([\w.-]+): (\S+)$", out, re.MULTILINE)}
        for name, text in self.texts.items():
            (folder / name).write_bytes(text)

    def openssl(self, *words):
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, timeout=60)
        if done.returncode != 0:
            raise AssertionError(f"openssl {' '.join(words)}: {(done.stdout + done.stderr).decode()}")
        return done.stdout.decode()

    def certificate(self, name, *what):
        return self.openssl("x509", "-noout", "-nameopt", "utf8,sep_comma_plus_space,space_eq", *what, "-in", f"{name}.crt")


def same(got, want, what):
    if got != want:
        raise AssertionError(f"{what}: {got!r} instead of {want!r}")


def check_certificate(made, name, fact):
    subject, issuer, days, names = fact
    made.openssl("verify", "-x509_strict" if issuer == name else "-partial_chain", "-check_ss_sig", "-CAfile", f"{issuer}.crt", f"{name}.crt")
    same(made.certificate(name, "-subject").strip(), f"subject={subject}", f"{name}: subject")
    same(made.certificate(name, "-issuer").strip(), made.certificate(issuer, "-subject").strip().replace("subject", "issuer"),
         f"{name}: issuer")
    same(made.certificate(name, "-pubkey"), made.openssl("pkey", "-pubout", "-in", f"{name}.key"), f"{name}: key")
    dates = [datetime.strptime(date, "%b %d %H:%M:%S %Y GMT")
             for date in re.findall(r"=(.*GMT)", made.certificate(name, "-startdate", "-enddate"))]
    same(dates[1] - dates[0], timedelta(days=days), f"{name}: validity")
    if not timedelta(0) <= datetime.now(timezone.utc).replace(tzinfo=None) - dates[0] < timedelta(minutes=10):
        raise AssertionError(f"{name}: valid from {dates[0]} on")
    found = re.findall(r"(?:DNS|IP Address):[^,\s]+", made.certificate(name, "-ext", "subjectAltName")) if names else []
    same(set(found), names, f"{name}: alternative names")
    extensions = made.certificate(name, "-ext", "basicConstraints,extendedKeyUsage")
    same("CA:TRUE" in extensions, name.startswith("ca"), f"{name}: is a CA")
    for usage in ("TLS Web Server Authentication", "TLS Web Client Authentication"):
        same(usage in extensions, True, f"{name}: {usage}")


def check_keys(made):
    for name in made.texts:
        if name.endswith(".key") or name.startswith("key."):
            made.openssl("pkey", "-check" if "dsa" not in name or "ecdsa" in name else "-text", "-noout", "-in", name)
    for kind, text in {"rsa": "4096 bit", "dsa": "2048 bit", "ecdsa": "NIST CURVE: P-256", "ed25519": "ED25519"}.items():
        same(text in made.openssl("pkey", "-text", "-noout", "-in", f"key.{kind}"), True, f"key.{kind}: {text}")
    # A signature that only the public half of the same key finds good.
    (made.folder / "text").write_text("a text")
    for kind in ("rsa", "dsa", "ecdsa"):
        made.openssl("dgst", "-sha256", "-sign", f"key.{kind}", "-out", "signature", "text")
        made.openssl("pkey", "-pubout", "-in", f"key.{kind}", "-out", "public")
        made.openssl("dgst", "-sha256", "-verify", "public", "-signature", "signature", "text")


def check_serials(made):
    serials = [made.certificate(name, "-serial") for name, _ in facts()]
    same(len(set(serials)), len(serials), "different serial numbers")
    keys = [text for name, text in made.texts.items() if name in ("ca.key", "self.key", "signed.key", "signed-alone.key")]
    same(len(set(keys)), 4, "different keys")


def crypt(password, hashed):
    # Python dropped its crypt, Perl has it.
    return subprocess.run(["perl", "-e", "print crypt($ARGV[0], $ARGV[1])", password, hashed], capture_output=True, check=True).stdout.decode()


def check_passwords(made):
    for name, user, password in (("bcrypt", "", "a secret"), ("htpasswd", "someone:", "a sécret")):
        hashed = made.texts[name].decode()
        same(re.match(re.escape(user) + r"\$2a\$10\$[./A-Za-z0-9]{53}$", hashed) is not None, True, hashed)
        hashed = hashed.removeprefix(user)
        same(crypt(password, hashed), hashed, name)
        same(crypt(password + "x", hashed) == hashed, False, f"{name} of another password")


def check_aes(made):
    data = base64.b64decode(made.texts["aes"])
    (made.folder / "encrypted").write_bytes(data[16:])
    plain = made.openssl("enc", "-d", "-aes-256-cbc", "-in", "encrypted", "-iv", data[:16].hex(), "-K", b"password".ljust(32, b"\0").hex())
    same(plain, "a plain text", "encryptAES")


def structure(made, name):
    """The ASN.1 of a file without offsets, lengths and what is random."""
    lines, owner = [], None
    for line in made.openssl("asn1parse", "-in", name).splitlines():
        depth, kind, value = re.match(r"\s*\d+:d=(\d+)\s.*(?:cons|prim): ([^:\[]*(?:\[ \d \])?)\s*:?(.*)$", line).groups()
        kind = kind.strip()
        if kind in ("INTEGER", "BIT STRING", "UTCTIME", "GENERALIZEDTIME") and len(value) > 2:
            value = "..."
        if kind.startswith("OCTET STRING"):
            kind = "OCTET STRING"
            value = "..." if owner in RANDOM else value.removeprefix("[HEX DUMP]:")
        owner = value if kind == "OBJECT" else owner
        lines.append("  " * int(depth) + kind + (f" {value}" if value else ""))
    return "".join(line.rstrip() + "\n" for line in lines)


def all_structures(made):
    text = STAMP
    for name in sorted(made.texts):
        if name.endswith((".crt", ".key")) or name.startswith("key."):
            head = made.texts[name].decode().splitlines()[0]
            text += f"== {name}\n{head}\n{structure(made, name)}"
    return text


def check_deterministic(program, folder):
    """The same keys twice, and good ones: other random bytes, nothing else."""
    made = Made(program, folder, "--deterministic")
    check_keys(made)
    again = Made(program, folder, "--deterministic")
    same({name for name in made.texts if again.texts[name] != made.texts[name]}, set(), "differs from run to run")
    return all_structures(made)


def main():
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        made = Made(program, Path(folder))
        for name, fact in facts():
            check_certificate(made, name, fact)
        for check in (check_keys, check_serials, check_passwords, check_aes):
            check(made)
        same(made.texts["derived"].decode(), "ZedaFaxcZaso9*", "derivePassword")
        found = all_structures(made)
    if "--record" in sys.argv:
        RECORDING.write_text(found)
        return
    with tempfile.TemporaryDirectory() as folder:
        fixed = check_deterministic(program, Path(folder))
    for text in (found, fixed):
        for got, want in zip(text.split("== ")[1:], RECORDING.read_text().split("== ")[1:], strict=True):
            same(got, want, "structure")
    print(f"{len(list(facts()))} certificates are good")


if __name__ == "__main__":
    main()
