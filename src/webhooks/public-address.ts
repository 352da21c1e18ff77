import { BlockList, isIP } from 'node:net';

/** Networks of the IANA registries of special addresses that are not globally reachable, multicast, and what is reserved. */
const NOT_PUBLIC_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Of IPv6, only this network is handed out; what embeds an IPv4 address, or is for documents, is not public either. */
const PUBLIC_IPV6 = ['2000::', 3] as const;
const NOT_PUBLIC_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const blocked4 = new BlockList();
for (const [network, bits] of NOT_PUBLIC_IPV4) blocked4.addSubnet(network, bits, 'ipv4');
const blocked6 = new BlockList();
for (const [network, bits] of NOT_PUBLIC_IPV6) blocked6.addSubnet(network, bits, 'ipv6');
const allowed6 = new BlockList();
allowed6.addSubnet(...PUBLIC_IPV6, 'ipv6');

/** Whether the address is one of the public Internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !blocked4.check(address, 'ipv4');
    case 6:
      // With a zone, it is an address of one link.
      return !address.includes('%') && allowed6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6');
    default:
      return false;
  }
}
