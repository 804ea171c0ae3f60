import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { isSameSecret } from '../../../nodes/Aha/triggers/secret';
import { FakeWebhookResponse } from './fakeAccount';

type DeliveriesModule = typeof import('../../../nodes/Aha/triggers/deduplicator');

function startProcess(): DeliveriesModule {
	let loaded: DeliveriesModule | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<DeliveriesModule>('../../../nodes/Aha/triggers/deduplicator');
	});
	return loaded as DeliveriesModule;
}

/** Takes deliveries whose runs n8n records at once, unless it responds with another status. */
function start() {
	const { takeDelivery } = startProcess();
	return (key: string, data: IDataObject, id: string, status = 200): boolean => {
		const response = new FakeWebhookResponse();
		const taken = takeDelivery(key, data, id, response);
		response.status(status).json({});
		return taken === 'first';
	};
}

const copy = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;
const id = (serial: number) => String(6_543_581_008_138_760_991n + BigInt(serial) * 7_919n);

describe('deliveries that repeat', () => {
	it('count once, in any order, each for its own trigger', () => {
		const isFirstDelivery = start();
		const arrivals = [5, 3, 5, 4, 3, 9, 9, 1];
		const data: IDataObject = {};
		expect(arrivals.filter((serial) => isFirstDelivery('a', data, id(serial)))).toEqual([
			5, 3, 4, 9, 1,
		]);
		expect(isFirstDelivery('b', {}, id(5))).toBe(true);
	});

	it('are known when n8n loads the static data anew for each of them', () => {
		const isFirstDelivery = start();
		expect(isFirstDelivery('a', {}, id(1))).toBe(true);
		expect(isFirstDelivery('a', {}, id(1))).toBe(false);
	});

	it('are known after a restart', () => {
		const data: IDataObject = {};
		start()('a', data, id(1));
		const isFirstDelivery = start();
		const stored = copy(data);
		expect(isFirstDelivery('a', stored, id(1))).toBe(false);
		expect(isFirstDelivery('a', stored, id(2))).toBe(true);
	});

	it('are not stored for another one while n8n records the first', () => {
		const { takeDelivery } = startProcess();
		const [first, second] = [new FakeWebhookResponse(), new FakeWebhookResponse()];
		const [data, later]: IDataObject[] = [{}, {}];
		expect(takeDelivery('a', data, '1', first)).toBe('first');
		expect(takeDelivery('a', later, '2', second)).toBe('first');
		expect([data, later]).toMatchObject([
			{ deliveries: { ids: '1' } },
			{ deliveries: { ids: '2' } },
		]);
		first.status(500).json({});
		second.json({});
		expect(takeDelivery('a', copy(later), '2', new FakeWebhookResponse())).toBe('repeated');
		expect(takeDelivery('a', copy(later), '1', new FakeWebhookResponse())).toBe('first');
	});

	it('are handled within 64 KB', () => {
		const isFirstDelivery = start();
		const data: IDataObject = {};
		for (let serial = 1; serial <= 2_500; serial++) isFirstDelivery('a', data, id(serial));
		expect(JSON.stringify(data).length).toBeLessThan(64 * 1024);
		expect(isFirstDelivery('a', data, id(501))).toBe(false);
		expect(isFirstDelivery('a', data, id(500))).toBe(true);
	});

	it.each([null, 'text', {}, { version: 2, ids: '1' }, { version: 1, ids: 7 }])(
		'are not misled by %j in the static data',
		(deliveries) => {
			const isFirstDelivery = start();
			const data = { deliveries: deliveries as IDataObject };
			expect(isFirstDelivery('a', data, '1')).toBe(true);
			expect(isFirstDelivery('a', data, '1')).toBe(false);
		},
	);
});

describe('the response of Node.js', () => {
	it.each([
		[200, 'repeated'],
		[500, 'first'],
	])('tells that n8n responded with %i, even if Aha! left before', async (status, outcome) => {
		const { takeDelivery } = startProcess();
		const responses: ServerResponse[] = [];
		const server = createServer((_request, response) => responses.push(response)).listen(0);
		const { port } = server.address() as AddressInfo;
		const client = request({ port, method: 'POST', agent: false }).on('error', () => {});
		client.end('{}');
		await once(server, 'request');
		const [response] = responses;
		expect(takeDelivery('a', {}, '1', response)).toBe('first');
		client.destroy();
		await once(response, 'close');
		expect(takeDelivery('a', {}, '1', new FakeWebhookResponse())).toBe('pending');
		response.writeHead(status).end('{}');
		expect(takeDelivery('a', {}, '1', new FakeWebhookResponse())).toBe(outcome);
		server.close();
	});
});

describe('the secret', () => {
	it.each([
		['sandbox-secret-0001', true],
		['sandbox-secret-0002', false],
		['sandbox-secret-000', false],
		['sandbox-secret-00010', false],
		['', false],
		[undefined, false],
		[['sandbox-secret-0001'], false],
		[{ length: 19 }, false],
	])('takes %j: %s', (given, isSame) => {
		expect(isSameSecret(given, 'sandbox-secret-0001')).toBe(isSame);
	});
});
