import { ColdrailError } from '../errors/error.ts';
import type { Corridor, Network, SimProfile } from '../world/corridor.ts';

/** A network of the corridor file with its MCC and MNC as one number's digits, as operators are named: 26201. */
function networksByCode(corridor: Corridor): Map<string, Network> {
  const codes = new Map(corridor.zones.map(({ country, mcc }) => [country, mcc]));
  const networks = new Map<string, Network>();
  for (const network of corridor.simProfiles.flatMap((profile) => profile.networks)) {
    const code = `${codes.get(network.country)}${network.mnc}`;
    const before = networks.get(code)?.technologies ?? [];
    networks.set(code, { ...network, technologies: [...new Set([...before, ...network.technologies])] });
  }
  return networks;
}

/**
 * The SIM profile of a list of operators, "45204,46000": each with all that the corridor file says of it, whatever the
 * contract. Throws `radio-plan.operator`, which lists those that are known.
 */
export function profileOf(corridor: Corridor, operators: string): SimProfile {
  const known = networksByCode(corridor);
  const networks = operators.split(',').map((text) => {
    const network = known.get(text.trim());
    if (network) return network;
    const list = [...known].map(([code, { operator, country }]) => `${code} ${operator} ${country}`);
    throw new ColdrailError('radio-plan.operator', { text: text.trim(), known: list.toSorted().join(', ') });
  });
  return { name: operators, networks };
}
