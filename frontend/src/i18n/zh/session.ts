import type { Messages } from '../en';

export const session: Messages['session'] = {
};
