"""Where the door to the network leads: the public web, unless a test lets its own computer be read."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

PORTS = {"http": 80, "https": 443}
LOOPBACK = ip_address("127.0.0.1")

# RFC 6890 and its registries. Python 3.11's own `is_global` lets several of these through.
NOT_PUBLIC = [
    ip_network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 "
        "2001::/23 2001:db8::/32 2002::/16 3fff::/20"
    ).split()
]
PUBLIC_IPV6 = ip_network("2000::/3")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether the address is one of the public internet.

    >>> is_public(ip_address("8.8.8.8")), is_public(ip_address("::ffff:127.0.0.1")), is_public(ip_address("100.64.0.1"))
    (True, False, False)
    """
    if address.version == 6 and address not in PUBLIC_IPV6:
        return False
    return not any(address.version == network.version and address in network for network in NOT_PUBLIC)


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be connected to, and how we behave there.

    `contact` is whom a site may write to about us. No refusal of an address out of reach comes sooner than after
    `patience` seconds, so that what is forbidden and what is not there take about as long. `loopback` is for tests
    alone: it lets 127.0.0.1 be read, on any port.
    """

    contact: str = ""
    patience: float = 0.5
    loopback: bool = False

    def may_ask(self, port: int) -> bool:
        """Say whether an address with this port is worth a look at all."""
        return self.loopback or port in PORTS.values()

    def leads_to(self, host: str, port: int) -> bool:
        """Say whether a connection may be made to this very address, as the name was resolved."""
        address = ip_address(host.partition("%")[0])
        if self.loopback and address == LOOPBACK:
            return True
        return port in PORTS.values() and is_public(address)


PUBLIC = Reach()
