import { join } from 'node:path';
import type { ValueCandidate, ValueCandidates } from '../map/suggestMappings.js';
import { foldTerm } from '../terms/foldTerm.js';
import { type OlsClient, type OlsTerm, olsClient } from '../terms/ols.js';
import { valueKind } from '../terms/valueKinds.js';
import { counted } from '../words.js';
import type { Context } from './command.js';
import { software } from './software.js';

/** Names that are less alike are no help. */
const LEAST = 0.3;

/** The terminology service that the configuration names, for one command. */
export interface Online {
  readonly client: OlsClient;
  /** Candidates of the service among those at hand. */
  candidates(local: ValueCandidates): ValueCandidates;
  /** Says what the service did not answer. */
  report(): void;
}

/** Opens the terminology service and says that texts leave this machine. */
export function online({ config, terminal, signal }: Context, what: string): Online {
  const { name, version } = software();
  const client = olsClient({
    base: config.terms.ols,
    cache: join(config.data, 'terms', 'ols'),
    userAgent: `${name}/${version} (+https://w3id.org/omegraph)`,
    signal,
  });
  terminal.say(`Asking ${client.base}: ${what} are sent there.`);
  return {
    client,
    candidates: (local) => async (kind, value, limit) => {
      const { ontologies, fallback } = valueKind(kind);
      const here = await local(kind, value, limit);
      const there = (await client.search(value, [...ontologies, ...fallback], limit)) ?? [];
      const known = new Set(here.map((c) => c.curie));
      // What a service finds by a synonym may be written otherwise, but not altogether.
      const more = there
        .filter((t) => t.score >= LEAST && !known.has(t.curie))
        .map((t) => candidate(t, value, client.base));
      return [...here, ...more].sort((a, b) => b.score - a.score).slice(0, limit);
    },
    report() {
      const { trouble, unanswered, stale } = client.report;
      if (unanswered + stale === 0) return;
      const kept = stale > 0 ? `; ${counted(stale, 'older answer')} from the cache used instead` : '';
      terminal.say(
        `${client.base} does not answer (${trouble ?? 'no reason given'}): ${counted(unanswered, 'question')} without an answer${kept}. The ontologies at hand were searched all the same.`,
      );
    },
  };
}

function candidate({ curie, iri, label, score }: OlsTerm, value: string, base: string): ValueCandidate {
  const isName = foldTerm(label) === foldTerm(value);
  return { curie, iri, label, score: isName ? 1 : Math.min(score, 0.99), isName, source: `found at ${base}` };
}
