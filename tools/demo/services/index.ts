import type { Services } from '../../../sandbox';
import { createGitHub } from './gitHub';
import { createNextCloud } from './nextCloud';
import { createOpenAi } from './openAi';
import type { Service } from './service';
import { createSlack } from './slack';

export type { Service } from './service';

/** The simulated services of the recipes. */
export const createServices = () => ({
	slack: createSlack(),
	gitHub: createGitHub(),
	nextCloud: createNextCloud(),
	openAi: createOpenAi(),
});

export type DemoServices = ReturnType<typeof createServices>;

/** The services by host, for the sandbox. */
export const byHost = (services: DemoServices): Services =>
	new Map(Object.values<Service>(services).map(({ host, listener }) => [host, listener]));
