// The part of /tarn/v1 behind the pages other than the editor: uploads, loads, tables, search, keys, activity, account.
import { handleAccess } from './fake-access.mjs';
import { handleAdoptions } from './fake-adoptions.mjs';
import { handleAudit } from './fake-audit.mjs';
import { handleBackground } from './fake-background.mjs';
import { handleKeys } from './fake-keys.mjs';
import { handleLoads } from './fake-loads.mjs';
import { handleRecords } from './fake-records.mjs';
import { handleSettings } from './fake-settings.mjs';
import { handleTables } from './fake-tables.mjs';
import { handleUpkeep } from './fake-upkeep.mjs';
import { handleUsage } from './fake-usage.mjs';
import { handleWorkbench } from './fake-workbench.mjs';

const PARTS = [
  handleAccess,
  handleAdoptions,
  handleAudit,
  handleBackground,
  handleUsage,
  handleSettings,
  handleLoads,
  handleUpkeep,
  handleTables,
  handleKeys,
  handleRecords,
  handleWorkbench,
];

/** `call` has method, path (below /tarn/v1), url, request, response and the session; true when it was answered. */
export async function handlePages(call) {
  for (const part of PARTS) {
    if (await part(call)) {
      return true;
    }
  }
  return false;
}
