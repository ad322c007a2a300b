import { describe, expect, it } from 'vitest';
import PAGE from '../../../docs/engines.md?raw';
import { attached, DOCUMENTED_SERVER, type Engine, enginesOf, readingText } from './engines';

const ENGINES = enginesOf(PAGE);

const engine = (id: string) => ENGINES.find((one) => one.id === id) as Engine;

describe('the blocks of docs/engines.md', () => {
  it('are there for every engine, word for word', () => {
    expect(ENGINES.map(({ id }) => id).sort()).toEqual([
      'duckdb',
      'flink',
      'java',
      'pyiceberg',
      'spark',
      'trino',
    ]);
    for (const { text } of ENGINES) {
      expect(PAGE).toContain(`\n${text}\n\`\`\``);
    }
  });

  it('have this server’s address and the key where they go', () => {
    for (const one of ENGINES) {
      const text = attached(one, 'https://lake.example.com', 'dlx_sk_v1_x');
      expect(text).toContain('https://lake.example.com/iceberg');
      expect(text).not.toContain(DOCUMENTED_SERVER);
      expect(text.split('dlx_sk_v1_x'), text).toHaveLength(2);
      expect(attached(one, DOCUMENTED_SERVER, null)).toBe(one.text);
    }
    expect(attached(engine('pyiceberg'), 'http://h', 'k1')).toContain('token="k1"');
  });

  it('are told by the headings of their chapters', () => {
    const page =
      '## DuckDB\n\nTested with [1.4](x).\n\n```sql\nATTACH http://HOST:8080/iceberg;\n```\n' +
      '## Trino\nIn `etc/x`:\n```\nuri=http://HOST:8080/iceberg\n```\n## Other\n```\nhttp://HOST:8080/iceberg\n```\n';
    expect(enginesOf(page)).toEqual([
      {
        id: 'duckdb',
        label: 'DuckDB',
        note: 'Tested with 1.4.',
        text: 'ATTACH http://HOST:8080/iceberg;',
      },
      { id: 'trino', label: 'Trino', note: 'In etc/x:', text: 'uri=http://HOST:8080/iceberg' },
    ]);
  });
});

describe('what reads a table', () => {
  it('quotes as the engine does', () => {
    expect(readingText('spark', 'shop.eu', 'big orders')).toBe(
      'SELECT * FROM tarn.shop.eu.`big orders` LIMIT 100;',
    );
    expect(readingText('duckdb', 'shop', 'a"b')).toBe('SELECT * FROM tarn.shop."a""b" LIMIT 100;');
    expect(readingText('trino', 'shop.eu', 'orders')).toBe(
      'SELECT * FROM tarn."shop.eu".orders LIMIT 100;',
    );
    expect(readingText('pyiceberg', 'shop', 'orders')).toContain('("shop", "orders")');
    expect(readingText('java', 'shop', 'orders')).toContain('TableIdentifier.of("shop", "orders")');
  });
});
