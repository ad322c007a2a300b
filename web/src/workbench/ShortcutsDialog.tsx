import { Dialog } from '../app/Dialog';
import kit from '../kit/kit.module.css';

const SHORTCUTS: [string, string][] = [
  ['Ctrl Enter, ⌘ Enter', 'Run the selection, or everything'],
  ['Ctrl S, ⌘ S', 'Save the statement'],
  ['Shift Alt F', 'Format the selection, or everything'],
  ['Alt E', 'Explain'],
  ['Alt N', 'New tab'],
  ['Alt W', 'Close the tab'],
  ['Alt Shift W', 'Reopen the tab closed last'],
  ['Alt Page Up, Alt Page Down', 'Go to the tab before, after'],
  ['F2, Delete (on a tab)', 'Rename, close it'],
  ['Ctrl Shift ←, → (on a tab)', 'Move it'],
  ['Ctrl K, ⌘ K', 'Search tables, columns, statements, pages'],
  ['Enter (in the grid)', 'The whole value'],
  ['Ctrl C (in the grid)', 'Copy the value'],
  ['S, I (in the grid)', 'Sort by the column, its figures'],
  ['/, Ctrl F (in the grid)', 'Find in the result'],
  ['Enter, Shift Enter (in the catalog)', 'Query the table, open its page'],
  ['Tab (in the editor)', 'Take the completion, else leave the editor'],
  ['Alt K', 'This list'],
];

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog opened={opened} title="Keyboard" wide onClose={onClose}>
      <table className={kit.table}>
        <tbody>
          {SHORTCUTS.map(([keys, action]) => (
            <tr key={keys}>
              <th scope="row">{keys}</th>
              <td>{action}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
