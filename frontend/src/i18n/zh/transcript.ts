import type { Messages } from '../en';

export const transcript: Messages['transcript'] = {
};
