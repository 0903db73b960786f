/** A shapes graph of 25 constraints of the kinds that profiles of images have, on four types of nodes. */
export const AUDIT_SHAPES = `
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix schema: <http://schema.org/> .
@prefix core: <https://ld.openmicroscopy.org/core/> .
@prefix medium: <https://ld.openmicroscopy.org/core/ObjectiveSettingsMedium#> .
@prefix rembi: <https://w3id.org/omegraph/rembi#> .
@prefix ex: <https://example.org/shapes/> .

ex:Image a sh:NodeShape ; sh:targetClass core:Image ;
  sh:property
    [ sh:path rdfs:label ; sh:minCount 1 ; sh:datatype xsd:string ] ,
    [ sh:path dc:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path core:acquisition_date ; sh:datatype xsd:dateTime ; sh:maxCount 1 ] ,
    [ sh:path rembi:organism ; sh:minCount 1 ; sh:not [ sh:pattern "^(tbd|n/?a|unknown|-+)$" ; sh:flags "i" ] ] ,
    [ sh:path schema:taxonomicRange ; sh:pattern "^http://purl.obolibrary.org/obo/NCBITaxon_[0-9]+$" ] ,
    [ sh:path ( dcterms:isPartOf rdf:type ) ; sh:hasValue core:Dataset ] ,
    [ sh:path ( core:objective_settings core:medium ) ; sh:in ( medium:Oil medium:Water medium:Air medium:Glycerol ) ] ,
    [ sh:path [ sh:inversePath dcterms:hasPart ] ; sh:class core:Dataset ] .
ex:Pixels a sh:NodeShape ; sh:targetClass core:Pixels ;
  sh:property
    [ sh:path core:size_x ; sh:minCount 1 ; sh:maxCount 1 ; sh:minInclusive 1 ] ,
    [ sh:path core:size_z ; sh:datatype xsd:integer ; sh:minInclusive 1 ] ,
    [ sh:path core:physical_size_x ; sh:nodeKind sh:IRI ] .
ex:Channel a sh:NodeShape ; sh:targetClass core:Channel ;
  sh:property
    [ sh:path dcterms:isPartOf ; sh:minCount 1 ; sh:class core:Pixels ] ,
    [ sh:path rembi:fluorophore ; sh:minLength 1 ] ,
    [ sh:path core:emission_wavelength ; sh:nodeKind sh:IRI ] .
ex:Entry a sh:NodeShape ; sh:targetClass core:MapEntry ;
  sh:property
    [ sh:path core:key ; sh:minLength 1 ] ,
    [ sh:path core:value ; sh:minCount 1 ] .
`;

/** Parameters of constraints in it. */
export const CONSTRAINTS = AUDIT_SHAPES.match(
  /sh:(?:minCount|maxCount|datatype|not|pattern|hasValue|in|class|minInclusive|nodeKind|minLength) /g,
)?.length;
