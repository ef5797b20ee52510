import http from 'node:http';
import { listPage, mailPage } from './html.mjs';
import { readMail } from './read.mjs';

const frameOnly = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const ownPage = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";

const newestFirst = (store) => Promise.all(store.list().toReversed().map(readMail));

const html = (text, policy = ownPage) => ({
  type: 'text/html; charset=utf-8',
  text,
  headers: { 'content-security-policy': policy },
});
const json = (value) => ({ type: 'application/json', text: JSON.stringify(value) });

/** Method and path pattern to answer; `id` is what the pattern caught. An answer of undefined is 404. */
const routes = [
  ['GET', /^\/$/, async ({ store }) => html(listPage(await newestFirst(store)))],
  ['GET', /^\/mails\/(\d+)$/, ({ mail }) => mail && readMail(mail).then((read) => html(mailPage(read)))],
  ['GET', /^\/mails\/(\d+)\/html$/, ({ mail }) => mail && readMail(mail).then((read) => html(read.html, frameOnly))],
  ['GET', /^\/mails\/(\d+)\/raw$/, ({ mail }) => mail && { type: 'text/plain; charset=utf-8', text: mail.raw }],
  ['GET', /^\/api\/mails$/, async ({ store }) => json(await newestFirst(store))],
  ['GET', /^\/api\/mails\/(\d+)$/, ({ mail }) => mail && readMail(mail).then(json)],
  ['DELETE', /^\/api\/mails$/, ({ store }) => json(store.clear() ?? {})],
  ['GET', /^\/api\/faults$/, ({ faults }) => json(faults.list())],
  ['POST', /^\/api\/faults$/, ({ faults, body }) => json(faults.set(JSON.parse(body)) ?? {})],
  ['DELETE', /^\/api\/faults$/, ({ faults }) => json(faults.clear() ?? {})],
];

/** The page "what the customer got" and its JSON, for `store` and `faults` of the same sink. */
export function webServer({ store, faults }) {
  return http.createServer(async (request, response) => {
    try {
      const answer = await answerTo(request, { store, faults });
      send(response, answer ? 200 : 404, answer ?? { type: 'text/plain', text: 'Not found' });
    } catch (error) {
      send(response, 400, { type: 'text/plain', text: error.message });
    }
  });
}

async function answerTo(request, { store, faults }) {
  const { pathname } = new URL(request.url, 'http://sink');
  for (const [method, pattern, answer] of routes) {
    const found = method === request.method && pattern.exec(pathname);
    if (!found) continue;
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    return answer({ store, faults, body, mail: store.get(found[1]) });
  }
  return undefined;
}

function send(response, status, { type, text, headers }) {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...headers }).end(text);
}
