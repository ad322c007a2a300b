import type { Transport } from './transport';

/** Every other session of the user ends. */
export async function changePassword(
  transport: Transport,
  currentPassword: string,
  newPassword: string,
): Promise<void> {
  await transport.send('POST', '/tarn/v1/session/password', {
    body: { current_password: currentPassword, new_password: newPassword },
  });
}
