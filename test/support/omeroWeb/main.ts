/**
 * The stand-in server as a program: `node main.js [--images 100000] [--options '{"screens":2}'] [--fault '{…}']…
 * [--server '{"prefix":"/omero"}'] [--port 0]`. Prints one line of JSON: url, username, password.
 */
import { parseArgs } from 'node:util';
import { type FaultSpec, faultOf } from './faultList.js';
import { generateOmero, READER } from './generate.js';
import { type GenerateOptions, loadOf } from './generateOptions.js';
import { interceptAll, type Interceptor, type Reply } from './intercept.js';
import { startOmeroWeb } from './server.js';
import type { OmeroWebOptions, OmeroWebServer } from './serverOptions.js';
import { openStore } from './store.js';

const { values } = parseArgs({
  options: {
    images: { type: 'string' },
    options: { type: 'string', default: '{}' },
    fault: { type: 'string', multiple: true, default: [] },
    server: { type: 'string', default: '{}' },
    port: { type: 'string', default: '0' },
    'until-stdin-ends': { type: 'boolean', default: false },
  },
});
const generate: Partial<GenerateOptions> = {
  ...(values.images !== undefined && loadOf(Number(values.images))),
  ...(JSON.parse(values.options) as Partial<GenerateOptions>),
};
const faults = values.fault.map((text) => faultOf(JSON.parse(text) as FaultSpec));
const server: OmeroWebServer = await startOmeroWeb(openStore(generateOmero(generate)), {
  ...(JSON.parse(values.server) as OmeroWebOptions),
  intercept: interceptAll([aboutItself(), ...faults]),
  port: Number(values.port),
});
console.log(JSON.stringify({ url: server.url, username: READER.userName, password: READER.password }));
if (values['until-stdin-ends']) process.stdin.on('end', () => process.exit()).resume();

/** Answers for those who started the server: `/stand-in/log/`, `/stand-in/statistics/`. */
function aboutItself(): Interceptor {
  const json = (value: unknown): Reply => ({
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  });
  return async ({ path }, answer) => {
    if (!path.startsWith('/stand-in/')) return answer();
    const log = server.log.filter((entry) => !entry.path.includes('/stand-in/'));
    if (path === '/stand-in/log/') return json(log);
    const { user, system } = process.cpuUsage();
    return json({
      requests: log.length,
      openSessions: server.openSessions,
      peakConcurrency: server.peakConcurrency,
      cpuSeconds: (user + system) / 1e6,
      peakMB: process.resourceUsage().maxRSS / 1024,
    });
  };
}
