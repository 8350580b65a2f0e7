import type { Messages } from '../en';

export const window: Messages['window'] = {
};
