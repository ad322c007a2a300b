import { describe, expect, it } from 'vitest';
import { newPassword } from './newPassword';

describe('a generated password', () => {
  it('has 20 letters and digits, and takes no byte that would favour some of them', () => {
    const bytes = [255, 254, 0, 1, 56, 111, 112, 223, 224];
    const password = newPassword((wanted) => wanted.map((_, at) => bytes[at % bytes.length] ?? 0));
    expect(password).toHaveLength(20);
    expect(password.slice(0, 6)).toBe('aba9a9');
    expect(newPassword()).not.toBe(newPassword());
  });
});
