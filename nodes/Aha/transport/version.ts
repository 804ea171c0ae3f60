import { version } from '../../../package.json';

/** This package's version, which Aha! asks for in the User-Agent. */
export const packageVersion: string = version;
