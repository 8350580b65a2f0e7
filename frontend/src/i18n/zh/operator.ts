import type { Messages } from '../en';

export const operator: Messages['operator'] = {
};
