import type { Resource } from '../engine/types';
import { feature } from './feature';

/** Everything the node offers, in the order of the Resource list. */
export const resources: readonly Resource[] = [feature];
