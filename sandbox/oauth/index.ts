import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Account } from '../account';
import type { Form } from './grants';
import { GrantError, isSameSecret } from './grants';
import { consentPage, messagePage, signInPage } from './pages';

const COOKIE = '_aha_session';

/** Registers the sign-in and consent pages and the token endpoint. */
export function registerOAuth(
	app: FastifyInstance,
	accountOf: (request: FastifyRequest) => Account,
): void {
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
	);

	app.get('/oauth/authorize', async (request, reply) => {
		const account = accountOf(request);
		const query = request.query as Form;
		if (!isRegistered(account, query)) return sendNotRegistered(reply);
		if (query.response_type !== 'code') {
			return redirectBack(reply, query, { error: 'unsupported_response_type' });
		}
		const session = sessionOf(request, account);
		if (session === undefined) return redirectToSignIn(reply, request.url);
		const { client_id = '', redirect_uri = '', state = '', scope = '' } = query;
		const fields = { client_id, redirect_uri, state, scope, authenticity_token: session };
		return sendHtml(reply, 200, consentPage(account.host, account.person.name, fields));
	});

	app.post('/oauth/authorize', async (request, reply) => {
		const account = accountOf(request);
		const form = request.body as Form;
		if (!isRegistered(account, form)) return sendNotRegistered(reply);
		const session = sessionOf(request, account);
		if (session === undefined || form.authenticity_token !== session) {
			return sendHtml(reply, 422, messagePage('Not accepted', 'Start again from the application.'));
		}
		if (form.decision !== 'allow') return redirectBack(reply, form, { error: 'access_denied' });
		const code = account.tokens.issueCode(form.redirect_uri ?? '', form.scope ?? '');
		return redirectBack(reply, form, { code });
	});

	app.get('/session/new', async (request, reply) => {
		const { return_to: returnTo = '' } = request.query as Form;
		return sendHtml(reply, 200, signInPage(accountOf(request).host, returnTo));
	});

	app.post('/session', async (request, reply) => {
		const account = accountOf(request);
		const { email = '', password = '', return_to: returnTo = '' } = request.body as Form;
		if (
			!isSameSecret(email, account.person.email) ||
			!isSameSecret(password, account.person.password)
		) {
			const page = signInPage(account.host, returnTo, 'The email or the password is wrong.');
			return sendHtml(reply, 401, page);
		}
		const session = randomBytes(16).toString('hex');
		account.sessions.add(session);
		reply.header('Set-Cookie', `${COOKIE}=${session}; Path=/; Secure; HttpOnly; SameSite=Lax`);
		// Only the page that asked for the sign-in is a valid target.
		if (!returnTo.startsWith('/oauth/authorize?')) {
			return sendHtml(
				reply,
				200,
				messagePage('Signed in', `You are signed in to ${account.host}.`),
			);
		}
		return reply.redirect(returnTo, 303);
	});

	app.post('/oauth/token', async (request, reply) =>
		sendGrant(reply, () => accountOf(request).tokens.exchange(request.body as Form)),
	);
	app.post('/oauth/revoke', async (request, reply) =>
		sendGrant(reply, () => {
			accountOf(request).tokens.revoke(request.body as Form);
			return {};
		}),
	);
}

const sendHtml = (reply: FastifyReply, status: number, page: string): FastifyReply =>
	reply
		.code(status)
		.type('text/html; charset=utf-8')
		.header('Cache-Control', 'no-store')
		.send(page);

const isRegistered = ({ app }: Account, { client_id: id, redirect_uri: uri = '' }: Form): boolean =>
	id === app.clientId && app.redirectUris.includes(uri);

/** Shows a page: redirecting to an address that is not registered would be unsafe. */
const sendNotRegistered = (reply: FastifyReply): FastifyReply =>
	sendHtml(
		reply,
		400,
		messagePage(
			'This application cannot be authorized',
			'The client ID is unknown, or the redirect URI is not exactly the registered one.',
		),
	);

const redirectToSignIn = (reply: FastifyReply, returnTo: string): FastifyReply =>
	reply.redirect(`/session/new?${new URLSearchParams({ return_to: returnTo }).toString()}`, 302);

/** Redirects to the application, with its state unchanged. */
function redirectBack(
	reply: FastifyReply,
	form: Form,
	values: Record<string, string>,
): FastifyReply {
	const target = new URL(form.redirect_uri ?? '');
	for (const [name, value] of Object.entries(values)) target.searchParams.set(name, value);
	if (form.state) target.searchParams.set('state', form.state);
	return reply.redirect(target.href, 303);
}

function sessionOf({ headers }: FastifyRequest, { sessions }: Account): string | undefined {
	const cookies = (headers.cookie ?? '').split(/; */).map((cookie) => cookie.split('='));
	const session = cookies.find(([name]) => name === COOKIE)?.[1];
	return session !== undefined && sessions.has(session) ? session : undefined;
}

function sendGrant(reply: FastifyReply, grant: () => object): FastifyReply {
	reply.header('Cache-Control', 'no-store').type('application/json; charset=utf-8');
	try {
		return reply.send(grant());
	} catch (error) {
		if (!(error instanceof GrantError)) throw error;
		const status = error.code === 'invalid_client' ? 401 : 400;
		return reply.code(status).send({ error: error.code, error_description: error.message });
	}
}
