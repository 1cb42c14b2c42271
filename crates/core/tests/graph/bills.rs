//! Bills of materials: what they report, and to whom it goes.

use crate::tree::{check, graph};

const BILL: &str = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6",
  "metadata": {"component": {"type": "application", "bom-ref": "app", "name": "app", "purl": "pkg:npm/app@2.0.0"}},
  "components": [
    {"type": "library", "bom-ref": "a", "name": "ui", "version": "1.0.0", "purl": "pkg:npm/%40acme/ui@1.0.0",
     "licenses": [{"license": {"id": "MIT"}}],
     "components": [{"type": "library", "name": "inner", "licenses": [{"license": {"name": "Apache 2.0", "url": "https://a.example"}}]}]},
    {"type": "library", "bom-ref": "b", "name": "none", "version": "1", "purl": "pkg:npm/none@1",
     "licenses": [{"expression": "NOASSERTION"}]},
    {"type": "library", "name": "chosen", "purl": "pkg:npm/chosen@1", "licenses": [
      {"license": {"id": "MIT", "acknowledgement": "concluded"}},
      {"expression": "MIT OR GPL-2.0-only", "acknowledgement": "declared"}]},
    {"type": "library", "name": "argued", "purl": "pkg:npm/argued@1", "licenses": [
      {"license": {"id": "MIT", "acknowledgement": "concluded"}},
      {"license": {"id": "ISC", "acknowledgement": "declared"}}]},
    {"type": "library", "name": "seen", "purl": "pkg:npm/seen@1", "evidence": {"licenses": [{"license": {"id": "MIT"}}]}},
    {"type": "machine-learning-model", "bom-ref": "m", "name": "tiny", "group": "acme", "version": "1.0",
     "licenses": [{"license": {"name": "Acme License", "text": {"content": "@TEXT"}}}],
     "modelCard": {"modelParameters": {"datasets": [{"ref": "d"}, {"type": "dataset", "name": "acme/more"}]}},
     "pedigree": {"ancestors": [{"type": "machine-learning-model", "name": "base", "group": "acme",
       "purl": "pkg:huggingface/acme/base@abc", "licenses": [{"license": {"id": "CC-BY-NC-4.0"}}]}]}},
    {"type": "data", "bom-ref": "d", "name": "words", "licenses": [{"license": {"id": "CC-BY-SA-4.0"}}]},
    {"type": "file", "name": "x.so"}
  ],
  "dependencies": [{"ref": "app", "dependsOn": ["a", "m"]}]}"#;

/// The license `id` as SPDX gives it, inside JSON.
fn with_text(bill: &str, id: &str) -> String {
    let text = spdx::license_id(id).unwrap().text();
    let quoted = format!("{text:?}").replace("\\'", "'");
    bill.replace("\"@TEXT\"", &quoted)
}

#[test]
fn a_bill_is_heard_where_nothing_else_speaks() {
    check(
        &[("bom.json", &with_text(BILL, "Apache-2.0"))],
        "pkg:generic/inner in bom.json code Apache-2.0
         pkg:generic/words in bom.json dataset CC-BY-SA-4.0
         pkg:huggingface/acme/base@abc in bom.json model CC-BY-NC-4.0
         pkg:huggingface/acme/tiny@1.0 in bom.json model Apache-2.0
         pkg:npm/%40acme/ui@1.0.0 in bom.json code MIT
         pkg:npm/app@2.0.0 in bom.json code ? unknown
         pkg:npm/argued@1 in bom.json code ISC AND MIT ambiguous: bom.json says `MIT`, bom.json says `ISC`
         pkg:npm/chosen@1 in bom.json code GPL-2.0-only OR MIT
         pkg:npm/none@1 in bom.json code ? unknown
         pkg:npm/seen@1 in bom.json code MIT ambiguous: a bill of materials tells of `MIT` in files, and of no license of the whole",
    );
}

#[test]
fn the_tree_knows_better_than_a_bill() {
    let bill = r#"{"bomFormat": "CycloneDX", "metadata": {"component": {"bom-ref": "app", "name": "app",
        "purl": "pkg:npm/app@2.0.0", "licenses": [{"license": {"id": "MIT"}}]}}, "components": [
        {"name": "ui", "purl": "pkg:npm/%40acme/ui@1.0.0", "licenses": [{"license": {"id": "MIT"}}]},
        {"name": "open", "purl": "pkg:npm/open@1.0.0", "licenses": [{"license": {"id": "MIT"}}]},
        {"name": "kept", "purl": "pkg:npm/kept@1.0.0", "licenses": [{"license": {"id": "MIT"}}]},
        {"type": "machine-learning-model", "name": "x", "purl": "pkg:huggingface/acme/tiny@1.0",
         "licenses": [{"license": {"id": "MIT"}}]}]}"#;
    let card = "---\nlicense: other\nmodel_name: acme/tiny\n---\n";
    let files = [
        ("bom.json", bill),
        ("package.json", r#"{"name": "app", "version": "2.1.0", "license": "Apache-2.0"}"#),
        ("lib/package.json", r#"{"name": "@acme/ui", "version": "1.0.0", "license": "ISC"}"#),
        ("lib/open/package.json", r#"{"name": "open"}"#),
        ("lib/kept/package.json", r#"{"name": "kept", "license": "UNLICENSED"}"#),
        ("models/tiny/README.md", card),
    ];
    check(
        &files,
        "pkg:huggingface/acme/tiny in models/tiny model MIT ambiguous: called `other`, and only a bill of materials says `MIT`
         pkg:npm/%40acme/ui@1.0.0 in lib code ISC
         pkg:npm/app@2.1.0 in . code Apache-2.0
         pkg:npm/kept in lib/kept code MIT ambiguous: called `UNLICENSED`, and only a bill of materials says `MIT`
         pkg:npm/open in lib/open code MIT",
    );
    let graph = graph(&files);
    assert!(graph.components.values().all(|it| it.own), "a bill does not make our work others'");
}

/// Compares relations, one a line.
fn check_ties(files: &[(&str, &str)], expected: &[&str]) {
    let told = graph(files).relations.into_iter().map(|it| {
        let seen = if it.seen { "" } else { " unseen" };
        format!("{} {} {}{seen}", it.from, it.how.name(), it.to)
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn ties_of_a_bill_are_relations() {
    let adapter = r#"{"peft_type": "LORA", "base_model_name_or_path": "acme/tiny"}"#;
    check_ties(
        &[("bom.json", BILL), ("mine/adapter_config.json", adapter)],
        &[
            "pkg:npm/%40acme/ui@1.0.0 contains pkg:generic/inner",
            "pkg:huggingface/acme/tiny@1.0 trained-on pkg:generic/words",
            "pkg:huggingface/acme/tiny@1.0 trained-on pkg:huggingface/datasets/acme/more unseen",
            "pkg:huggingface/acme/tiny@1.0 derived-from pkg:huggingface/acme/base@abc",
            "pkg:npm/app@2.0.0 depends-on pkg:npm/%40acme/ui@1.0.0",
            "pkg:npm/app@2.0.0 uses pkg:huggingface/acme/tiny@1.0",
            "path:mine adapter-of pkg:huggingface/acme/tiny@1.0",
        ],
    );
}

#[test]
fn a_bill_says_the_same_in_xml() {
    let bill = r#"<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.6">
        <components><component type="library" bom-ref="a"><name>a</name><purl>pkg:npm/a@1</purl>
          <licenses><license acknowledgement="declared"><id>MIT</id></license></licenses></component>
        <component type="library" bom-ref="b"><name>b</name><version>2</version>
          <licenses><expression>MIT OR ISC</expression></licenses></component></components>
        <dependencies><dependency ref="a"><dependency ref="b"/></dependency></dependencies></bom>"#;
    let files = [("target/bom.xml", bill)];
    check(
        &files,
        "pkg:generic/b@2 in target/bom.xml code ISC OR MIT
         pkg:npm/a@1 in target/bom.xml code MIT",
    );
    check_ties(&files, &["pkg:npm/a@1 depends-on pkg:generic/b@2"]);
}

const SPDX: &str = r#"{"spdxVersion": "SPDX-2.3", "documentDescribes": ["SPDXRef-x", "SPDXRef-y"], "packages": [
    {"SPDXID": "SPDXRef-x", "name": "x", "versionInfo": "1", "licenseDeclared": "NONE",
     "licenseConcluded": "NOASSERTION", "licenseInfoFromFiles": ["NOASSERTION"]},
    {"SPDXID": "SPDXRef-y", "name": "y", "licenseDeclared": "LicenseRef-1", "licenseConcluded": "NOASSERTION",
     "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:pypi/Y_y@3"}]}],
  "hasExtractedLicensingInfos": [{"licenseId": "LicenseRef-1", "extractedText": "@TEXT"}],
  "relationships": [{"spdxElementId": "SPDXRef-y", "relationshipType": "DEV_DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-x"}]}"#;

const TAGGED: &str = "SPDXVersion: SPDX-2.3\nPackageName: x\nSPDXID: SPDXRef-x\nPackageVersion: 1\n\
    PackageLicenseDeclared: NONE\nPackageLicenseConcluded: NOASSERTION\nFileName: ./a\nSPDXID: SPDXRef-a\n\
    LicenseConcluded: GPL-3.0-only\n\nPackageName: y\nSPDXID: SPDXRef-y\n\
    PackageLicenseDeclared: LicenseRef-1\nExternalRef: PACKAGE-MANAGER purl pkg:pypi/Y_y@3\n\
    LicenseID: LicenseRef-1\nExtractedText: <text>@TEXT</text>\n\
    Relationship: SPDXRef-y DEV_DEPENDENCY_OF SPDXRef-x\n";

#[test]
fn spdx_says_one_thing_in_two_forms() {
    let tagged = TAGGED.replace("@TEXT", spdx::license_id("Zlib").unwrap().text());
    for (name, text) in [("x.spdx.json", with_text(SPDX, "Zlib")), ("x.spdx", tagged)] {
        let expected = "pkg:generic/x@1 in NAME code ? unknown\npkg:pypi/y-y@3 in NAME code Zlib";
        check(&[(name, &text)], &expected.replace("NAME", name));
        check_ties(&[(name, &text)], &["pkg:generic/x@1 depends-on pkg:pypi/y-y@3"]);
    }
}

const GRAPH: &str = r#"{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
    {"type": "software_Sbom", "spdxId": "u:bom", "rootElement": ["u:m"]},
    {"type": "ai_AIPackage", "spdxId": "u:m", "name": "acme/tiny", "ai_typeOfModel": ["decoder"]},
    {"type": "ai_AIPackage", "spdxId": "u:b", "name": "base",
     "externalIdentifier": [{"externalIdentifierType": "packageUrl", "identifier": "pkg:huggingface/acme/base"}]},
    {"type": "dataset_DatasetPackage", "spdxId": "u:d", "name": "words"},
    {"type": "software_Package", "spdxId": "u:c", "name": "code", "software_packageUrl": "pkg:cargo/code@1"},
    {"type": "simplelicensing_LicenseExpression", "spdxId": "u:l", "simplelicensing_licenseExpression": "MIT"},
    {"type": "expandedlicensing_DisjunctiveLicenseSet", "spdxId": "u:s",
     "expandedlicensing_member": ["https://spdx.org/licenses/ISC", "u:l"]},
    {"type": "Relationship", "from": "u:m", "relationshipType": "hasDeclaredLicense", "to": ["u:l"]},
    {"type": "Relationship", "from": "u:m", "relationshipType": "hasConcludedLicense", "to": ["https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion"]},
    {"type": "Relationship", "from": "u:c", "relationshipType": "hasConcludedLicense", "to": ["u:s"]},
    {"type": "Relationship", "from": "u:m", "relationshipType": "trainedOn", "to": ["u:d"]},
    {"type": "Relationship", "from": "u:m", "relationshipType": "descendantOf", "to": ["u:b"]},
    {"type": "LifecycleScopedRelationship", "from": "u:m", "scope": "build", "relationshipType": "dependsOn", "to": ["u:c"]}]}"#;

#[test]
fn a_graph_tells_of_models_and_data() {
    let files = [("ai.spdx3.json", GRAPH)];
    check(
        &files,
        "pkg:cargo/code@1 in ai.spdx3.json code ISC OR MIT
         pkg:generic/words in ai.spdx3.json dataset ? unknown
         pkg:huggingface/acme/base in ai.spdx3.json model ? unknown
         pkg:huggingface/acme/tiny in ai.spdx3.json model MIT",
    );
    check_ties(
        &files,
        &[
            "pkg:huggingface/acme/tiny trained-on pkg:generic/words",
            "pkg:huggingface/acme/tiny derived-from pkg:huggingface/acme/base",
            "pkg:huggingface/acme/tiny depends-on pkg:cargo/code@1",
        ],
    );
}

#[test]
fn a_bill_written_to_cost_time_costs_none() {
    let nested = format!("{}{}", r#"{"name":"a","components":["#.repeat(200), "]}".repeat(200));
    let deep = format!(r#"{{"bomFormat":"CycloneDX","components":[{nested}]}}"#);
    let sets = r#"{"spdxId":"u:s","type":"expandedlicensing_ConjunctiveLicenseSet","expandedlicensing_member":["u:s","u:s"]}"#;
    let own = format!(
        r#"{{"@context":"https://spdx.org/x","@graph":[{sets},{{"type":"software_Package","spdxId":"u:p","name":"p"}},
           {{"type":"Relationship","from":"u:p","to":["u:s"],"relationshipType":"hasDeclaredLicense"}}]}}"#
    );
    for bill in [deep, own] {
        assert!(graph(&[("bom.json", &bill)]).components.len() <= 1);
    }
}
