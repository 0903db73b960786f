import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Express, NextFunction, Request, Response } from 'express';
import type { Links } from './links.js';
import { HttpProblem } from './problem.js';
import { sendAs } from './requests.js';
import type { ReviewAct, ReviewDesk } from './reviewDesk.js';
import { reviewAddress, reviewPage, type ReviewView, subjectsOf } from './reviewPage.js';

/** Whether a host is this machine itself, seen from itself only. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

/**
 * `/review`: decisions about suggested mappings. It writes a file, so it answers only to this machine by its own name (no
 * other site can have its name lead here), shares nothing with other origins, and takes a POST only with the token of its page.
 */
export function reviewRoutes(app: Express, links: Links, desk: ReviewDesk): void {
  const token = randomBytes(32).toString('base64url');
  app.use('/review', (request: Request, response: Response, next: NextFunction) => {
    response.removeHeader('Access-Control-Allow-Origin');
    response.set({ 'Cache-Control': 'no-store', 'Cross-Origin-Resource-Policy': 'same-origin' });
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (!isLoopback(host))
      throw new HttpProblem(403, 'host', 'The review page is for this machine only; open it as http://localhost');
    next();
  });
  app.get('/review', async (request, response) => {
    const view = viewOf(new URL(request.url, 'http://localhost').searchParams);
    sendAs(response, 'text/html', reviewPage(links, desk, await desk.subjects(), view, token));
  });
  app.post('/review', async (request, response) => {
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    refuseForeign(request, form, token);
    const view = viewOf(form);
    const act = actOf(form);
    if (act === undefined) throw new HttpProblem(400, 'form', 'The form is incomplete; go back and reload the page');
    const id = form.get('id') ?? '';
    const notice = await desk.decide(id, act, view.reviewer);
    const subjects = await desk.subjects();
    if (notice !== undefined) {
      response.status(400);
      sendAs(response, 'text/html', reviewPage(links, desk, subjects, { ...view, notice }, token));
      return;
    }
    const { shown } = subjectsOf(subjects, view);
    const stays = shown.some((s) => s.id === id);
    const next = stays ? id : (form.get('next') ?? '');
    response.redirect(303, reviewAddress(links, view, /^\w+$/.test(next) ? `s-${next}` : ''));
  });
}

function refuseForeign(request: Request, form: URLSearchParams, token: string): void {
  const given = Buffer.from(form.get('token') ?? '');
  const wanted = Buffer.from(token);
  const site = request.headers['sec-fetch-site'];
  const isOurs =
    given.length === wanted.length &&
    timingSafeEqual(given, wanted) &&
    (site === undefined || site === 'same-origin' || site === 'none');
  if (!isOurs)
    throw new HttpProblem(
      403,
      'token',
      'The form does not come from a page of this service as it runs now; open /review again and repeat',
    );
}

function viewOf(query: URLSearchParams): ReviewView {
  const kind = query.get('kind');
  const page = Number(query.get('page') ?? '1');
  return {
    show: query.get('show') === 'decided' ? 'decided' : 'open',
    kind: kind === 'key' || kind === 'value' ? kind : undefined,
    page: Number.isInteger(page) && page > 0 ? page : 1,
    reviewer: (query.get('reviewer') ?? '').slice(0, 100),
  };
}

function actOf(form: URLSearchParams): ReviewAct | undefined {
  const [act = '', object = ''] = (form.get('act') ?? '').split(/ (.*)/s);
  if (act === 'accept' || act === 'reject') return object === '' ? undefined : { act, object };
  if (act === 'none' || act === 'reject-all' || act === 'reopen') return { act };
  return act === 'other' ? { act, object: (form.get('object') ?? '').trim().slice(0, 100) } : undefined;
}
