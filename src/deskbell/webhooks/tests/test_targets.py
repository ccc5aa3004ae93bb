"""Where a webhook may go: every odd way to write an address, and every address that is not public."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from deskbell.webhooks.sending.addresses import is_public
from deskbell.webhooks.sending.targets import Allowed, Refused, check_written, read_host, read_target, resolve

NOTHING = Allowed()

REFUSED_ADDRESSES = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.1.2.3",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "fe80::1%eth0",
]
PUBLIC_ADDRESSES = ["1.1.1.1", "93.184.215.14", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("address", REFUSED_ADDRESSES)
def test_special_addresses_are_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_public_addresses_are_not(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "", "hooks.example.org", "//hooks.example.org/", "ftp://hooks.example.org/", "file:///etc/passwd",
        "gopher://hooks.example.org:25/", "https:/hooks.example.org", "https://", "https:///path",
        "https://user@hooks.example.org/", "https://user:pass@hooks.example.org/", "https://good.example@10.0.0.1/",
        "https://hooks.example.org\\@10.0.0.1/", "https://hooks.example.org\\.evil.example/",
        "https://hooks.example.org#@10.0.0.1/", "https://hooks.example.org/#frag", "https://hooks.example.org./",
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://017700000001/", "https://127.1/",
        "https://0177.0.0.1/", "https://127.0.0.0x1/", "https://1.2.3/", "https://1.2.3.4.5/", "https://256.1.1.1/",
        "https://１２７.０.０.１/", "https://127。0。0。1/", "https://①②⑦.⓪.⓪.①/", "https://[::]/", "https://[::1]/",
        "https://[::ffff:127.0.0.1]/", "https://[0:0:0:0:0:ffff:7f00:1]/", "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/", "https://[::1/", "https://::1/", "https://[1.2.3.4]/", "https://%31%32%37.0.0.1/",
        "https://hooks.example.org:0/", "https://hooks.example.org:65536/", "https://hooks.example.org:99999999999/",
        "https://hooks.example.org:25/", "https://hooks.example.org:6379/", "https://hooks.example.org:5432/",
        "https://hooks.example.org:٨٠/", "https://hooks.example.org:-1/", "https://hooks.example.org:80a/",
        "https://hooks example.org/", "https://hooks.example.org/a b", "https://hooks.example.org/\r\nX: y",
        "https://hooks.example.org/\t", "https://hooks\0.example.org/", "https://hooks..example.org/",
        "https://-hooks.example.org/", "https://" + "a" * 64 + ".example/", "https://hooks.example.org/" + "a" * 2000,
        "https://хук.пример\u200b../", "https://\u2100.example.org/", "http://hooks.example.org/", "https://10.0.0.1/",
        " https://hooks.example.org/", "http\u017f://hooks.example.org/", "https://hooks.example.org:443:443/",
    ],
)  # fmt: skip
def test_what_is_no_plain_public_https_address_is_refused_when_it_is_entered(url: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_written(read_target(url), NOTHING)
    assert str(refusal.value)


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("HTTPS://Hooks.Example.org", "https://hooks.example.org/"),
        ("https://hooks.example.org:443/in?x=1&y", "https://hooks.example.org/in?x=1&y"),
        ("https://hooks.example.org:8443/", "https://hooks.example.org:8443/"),
        ("https://bücher.example/?a", "https://xn--bcher-kva.example/?a"),
        ("https://приклад.укр/вхід".replace("вхід", "in"), "https://xn--80aikifvh.xn--j1amh/in"),
        ("https://1.1.1.1/", "https://1.1.1.1/"),
        ("https://[2606:4700:0::1111]:8443/", "https://[2606:4700::1111]:8443/"),
        ("https://_hooks.example.org/", "https://_hooks.example.org/"),
    ],
)
def test_plain_addresses_are_taken_in_one_form(url: str, written: str) -> None:
    target = read_target(url)
    check_written(target, NOTHING)
    assert target.url == written


def answers(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: rows)


def test_every_address_of_a_name_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    target = read_target("https://hooks.example.org/")
    answers(monkeypatch, "1.1.1.1", "2606:4700::1111")
    assert [str(each) for each in resolve(target, NOTHING, within=5)] == ["1.1.1.1", "2606:4700::1111"]
    answers(monkeypatch, "1.1.1.1", "10.0.0.7")
    with pytest.raises(Refused, match=r"10\.0\.0\.7"):
        resolve(target, NOTHING, within=5)
    answers(monkeypatch, "::ffff:127.0.0.1")
    with pytest.raises(Refused):
        resolve(target, NOTHING, within=5)


def test_an_administrator_allows_hosts_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = Allowed.read(["10.1.0.0/16", "Hooks.Internal", "fd00::5", "127.0.0.1"])
    assert read_host("HOOKS.internal") in allowed.hosts
    for url in ("http://10.1.2.3:8080/", "https://[fd00::5]/", "http://127.0.0.1/", "http://hooks.internal/"):
        check_written(read_target(url), allowed)
    for url in ("http://10.2.0.1/", "https://[fd00::6]/", "http://1.1.1.1/", "https://127.0.0.2/"):
        with pytest.raises(Refused):
            check_written(read_target(url), allowed)
    # The name is allowed wherever it is; another name only inside the networks, and by http only there.
    answers(monkeypatch, "192.168.7.7")
    assert resolve(read_target("http://hooks.internal/"), allowed, within=5)
    with pytest.raises(Refused):
        resolve(read_target("http://other.internal/"), allowed, within=5)
    answers(monkeypatch, "10.1.9.9")
    assert resolve(read_target("http://other.internal/"), allowed, within=5)
    answers(monkeypatch, "1.1.1.1")
    with pytest.raises(Refused, match="https"):
        resolve(read_target("http://other.example/"), allowed, within=5)


@pytest.mark.parametrize("entry", ["10.1.0.1/16", "http://x", "a b", "10.0.0.0/99", ""])
def test_what_is_no_host_or_network_is_not_taken_for_one(entry: str) -> None:
    with pytest.raises(Refused):
        Allowed.read([entry])
