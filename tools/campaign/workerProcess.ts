import { serve } from '../bench/remoteProcess';
import { handlers } from './worker';

serve(handlers);
