/** An entry of a tar for tests; `type` is the flag of the header: `0` a file, `1` a hard link, `2` a symbolic link. */
export interface TarEntry {
  readonly name: string;
  readonly content?: string;
  readonly type?: '0' | '1' | '2';
}

/** A tar file (POSIX.1-1988 ustar) whose names are written as they are; links point to /etc/passwd. */
export function tarBytes(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap(({ name, content = '', type = '0' }) => {
    const data = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    if (type !== '0') header.write('/etc/passwd', 157);
    header.write('ustar\u000000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}
