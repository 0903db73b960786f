import type { AuditReport } from '../../model.js';
import { xml } from '../xmlText.js';
import { counted, percent } from '../../../words.js';
import { visibleText } from './pageData.js';

/** What the page shows before its script runs, and the places that the script fills. */
export function pageBody(report: AuditReport): string {
  const { profile, server, containers, auditedAt, base } = report;
  const images = server.images - server.imagesNotAudited;
  const text = (value: string): string => xml(visibleText(value));
  return `<header class="hero">
<p class="eyebrow">${text(base.replace(/^https?:\/\//, '').replace(/\/$/, ''))} · ${text(auditedAt.slice(0, 16).replace('T', ' '))} UTC</p>
<h1>${text(profile.label)} audit</h1>
<p class="lead" id="lead">${percent(server.completeness)} complete: ${counted(images, 'image')} in ${counted(containers.length, 'container')}.</p>
${profile.description === undefined ? '' : `<p class="soft">${text(profile.description)}</p>\n`}<div id="overview"></div>
</header>
<noscript><p class="notice">The tables of this report are made by its own script, which is switched off here. The report loads nothing from the network.</p></noscript>
<section id="gaps" aria-labelledby="gaps-title" tabindex="-1"></section>
<section id="fixes" aria-labelledby="fixes-title"></section>
<section id="objects" aria-labelledby="objects-title"></section>
<section id="notes" aria-labelledby="notes-title"></section>
`;
}
