import { errorBody, errorPage, html, json, loginPage, notFoundPage, text, ViewError } from './answers.js';
import { csrfFailure, masked, secretOf } from './csrf.js';
import { type DateText, dateTextFor } from './dates.js';
import type { HeardRequest, Reply } from './intercept.js';
import { wrongMethod } from './jsonApi.js';
import { formOf, login, serverList } from './login.js';
import { OWN_PATHS, type Route, routeOf } from './routes.js';
import type { OmeroWebOptions } from './serverOptions.js';
import { cookiesOf, type Sessions, type WebSession } from './sessions.js';
import type { Store } from './store.js';
import { viewerOf } from './viewer.js';

/** gunicorn's limit of the request line, Django's of the number of parameters. */
const LONGEST_LINE = 4094;
const MOST_PARAMETERS = 1000;
const YEAR = 31_449_600;

/** The web application: from a request to its answer, without faults. */
export function makeApplication(store: Store, options: OmeroWebOptions, sessions: Sessions) {
  const prefix = options.prefix ?? '';
  const csrfCookie = options.csrfCookie ?? 'csrftoken';
  const dateText: DateText = dateTextFor(options);

  /** Answers a request; the target is the path with prefix and query as they stood in the request line. */
  function answer(request: HeardRequest, target: string, body: string): Reply {
    const { method, path, query } = request;
    const search = target.slice(prefix.length + path.length);
    if (`${method} ${target} HTTP/1.1`.length > LONGEST_LINE) return html(400, 'Request Line is too large');
    if (query.size > MOST_PARAMETERS) return html(400, 'Bad Request (400)');
    if (!path.endsWith('/') && (OWN_PATHS.includes(`${path}/`) || routeOf(`${path}/`) !== undefined)) {
      return html(301, '', { Location: `${prefix}${path}/${search}` });
    }
    const form = method === 'GET' || method === 'HEAD' ? new URLSearchParams() : formOf(request.headers, body);
    if (method !== 'GET' && method !== 'HEAD') {
      const cookie = cookiesOf(request.headers).get(csrfCookie);
      const reason = csrfFailure(request.headers, cookie, form.get('csrfmiddlewaretoken'), options.https ?? false);
      if (reason !== undefined) return json({ message: `CSRF Failed: ${reason}` }, 403);
    }
    if (OWN_PATHS.includes(path)) return ownView(request, form);
    const found = routeOf(path);
    return found === undefined ? notFoundPage() : routed(request, found.route, found.parts);
  }

  function ownView(request: HeardRequest, form: URLSearchParams): Reply {
    const { method, path, headers } = request;
    switch (path) {
      case '/api/v0/token/':
        return token(request);
      case '/api/v0/servers/':
        return serverList(options);
      case '/api/v0/login/':
        if (method === 'POST') return login(store, options, sessions, headers, form);
        return json({ message: 'POST only with username, password, server and csrftoken' }, 405);
      case '/webclient/login/':
        return loginPage();
      case '/webclient/keepalive_ping/':
        return text(sessions.of(request, prefix + path) === undefined ? 'Connection Failed' : 'OK');
      default:
        return logout(request);
    }
  }

  function token({ headers }: HeardRequest): Reply {
    const { secret, isNew } = secretOf(cookiesOf(headers).get(csrfCookie));
    const expires = new Date(Date.now() + YEAR * 1000).toUTCString();
    const cookie = `${csrfCookie}=${secret}; expires=${expires}; Max-Age=${YEAR}; Path=/; SameSite=Lax`;
    const reply = json({ data: masked(secret) }, 200, { 'X-OMERO-ApiVersion': '0.2', Vary: 'Cookie' });
    return isNew ? { ...reply, headers: { ...reply.headers, 'Set-Cookie': [cookie] } } : reply;
  }

  function logout(request: HeardRequest): Reply {
    const session = sessions.of(request, prefix + request.path);
    if (session === undefined) return toLogin(request);
    if (request.method !== 'POST')
      return html(200, '<form method="post">Do you want to log out?</form>', { Vary: 'Cookie' });
    sessions.close(session);
    return html(302, '', { Location: `${prefix}/webclient/login/`, Vary: 'Cookie' });
  }

  function toLogin(request: HeardRequest): Reply {
    if (request.headers['x-requested-with'] === 'XMLHttpRequest') return html(403, '', { Vary: 'Cookie' });
    const search = request.query.size === 0 ? '' : `?${request.query.toString()}`;
    const url = new URLSearchParams({ url: `${prefix}${request.path}${search}` }).toString();
    return html(302, '', { Location: `${prefix}/webclient/login/?${url}`, Vary: 'Cookie' });
  }

  function routed(request: HeardRequest, route: Route, parts: readonly string[]): Reply {
    const session = route.access === 'free' ? undefined : sessions.of(request, prefix + request.path);
    if (route.access !== 'free' && session === undefined) {
      if (route.access === 'web') return toLogin(request);
      return json({ message: 'Not logged in' }, 403, { Vary: 'Cookie' });
    }
    const reply = viewed(request, route, parts, session);
    return session === undefined ? reply : withSession(reply, session, route);
  }

  function viewed(
    request: HeardRequest,
    route: Route,
    parts: readonly string[],
    session: WebSession | undefined,
  ): Reply {
    const host = `${options.https === true ? 'https' : 'http'}://${request.headers.host ?? ''}`;
    const view = request.method === 'GET' || request.method === 'HEAD' ? route.view : wrongMethod;
    try {
      return view({
        store,
        options,
        viewer: viewerOf(store, session?.userId ?? -1),
        request,
        query: request.query,
        parts,
        dateText,
        absolute: (path) => (options.absoluteUrl ?? host) + prefix + path,
      });
    } catch (error) {
      if (!(error instanceof ViewError)) throw error;
      if (route.access === 'web') return error.status === 404 ? notFoundPage() : errorPage();
      return json(errorBody(error), error.status, { 'X-OMERO-ApiVersion': '0.2' });
    }
  }

  function withSession(reply: Reply, session: WebSession, route: Route): Reply {
    const application = route.access === 'api' ? 'api' : 'web';
    const headers = { ...reply.headers, Vary: 'Cookie' };
    if (session.touchedBy.has(application)) return { ...reply, headers };
    session.touchedBy.add(application);
    return { ...reply, headers: { ...headers, 'Set-Cookie': [sessions.cookie(session)] } };
  }

  return answer;
}
