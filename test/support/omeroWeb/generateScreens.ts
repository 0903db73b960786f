import { addImage, type Making } from './generate.js';
import type { DataRow, PlateRow, WellRow } from './rows.js';

/** Screens, plates, runs and wells; the last plate belongs to no screen when there are orphans. */
export function generateScreens(making: Making): void {
  const { options, rows } = making;
  let plates = 0;
  for (let s = 0; s < options.screens; s += 1) {
    const ownership = making.ownership(s);
    const screen = {
      id: making.next('screen'),
      ...ownership,
      name: `siRNA screen ${s + 1}`,
      description: 'Genome-wide, two siRNAs a gene',
      protocolDescription: 'Protocol "A"\nstep 2',
      protocolIdentifier: `PROT-${s}`,
      reagentSetIdentifier: `RS-${s}`,
      type: 'primary',
    };
    rows.screens.push(screen);
    for (let p = 0; p < options.platesPerScreen; p += 1) {
      making.link('screenPlates', screen, addPlate(making, ownership, plates));
      plates += 1;
    }
  }
  if (options.orphans > 0 && options.screens > 0) addPlate(making, making.ownership(0), plates);
}

const STARTED = Date.UTC(2009, 8, 14, 14, 42, 39);

function addPlate(making: Making, ownership: { group: number; owner: number }, index: number): DataRow {
  const { options, rows, next } = making;
  const plate: PlateRow = {
    id: next('plate'),
    ...ownership,
    name: `plate ${index + 1}`,
    columnNamingConvention: 'number',
    rowNamingConvention: 'letter',
    columns: options.wellColumns,
    rows: options.wellRows,
    externalIdentifier: `00385${index}`,
    wellOriginX: [0, 'REFERENCEFRAME'],
    wellOriginY: [0, 'REFERENCEFRAME'],
  };
  rows.plates.push(plate);
  const run = (r: number): number => {
    const id = next('run');
    const startTime = STARTED + r * 3_600_000;
    const times = { startTime, endTime: startTime + 854_000 };
    rows.plateAcquisitions.push({
      id,
      ...ownership,
      plate: plate.id,
      // Runs without a name get one from the web.
      ...(r !== 1 && { name: `scan ${r + 1}` }),
      maximumFieldCount: options.fields,
      ...times,
    });
    return id;
  };
  const runs = Array.from({ length: options.runsPerPlate }, (_, r) => run(r));
  if (index < options.emptyRuns) run(options.runsPerPlate);
  for (let w = 0; w < options.wellRows * options.wellColumns; w += 1) {
    const well: WellRow = {
      id: next('well'),
      ...ownership,
      plate: plate.id,
      row: Math.floor(w / options.wellColumns),
      column: w % options.wellColumns,
      externalIdentifier: `W-${w}`,
      ...(w % 2 === 0 && { type: 'sample', externalDescription: 'siRNA pool', color: -16776961 }),
      samples: [],
    };
    rows.wells.push(well);
    for (const plateAcquisition of runs.length > 0 ? runs : [undefined]) {
      for (let f = 0; f < options.fields; f += 1) {
        const image = addImage(making, ownership, f);
        well.samples.push({
          id: next('field'),
          image: image.id,
          ...(plateAcquisition !== undefined && { plateAcquisition }),
          positionX: [21964.47 + f, 'REFERENCEFRAME'],
          positionY: [36711.98 + w, 'REFERENCEFRAME'],
        });
      }
    }
  }
  return plate;
}
