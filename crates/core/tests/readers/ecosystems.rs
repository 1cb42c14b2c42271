//! Manifests and lockfiles of ecosystems other than Rust, npm and Python.

use crate::lockfiles::check;

#[test]
fn go_requires_modules() {
    check(
        "go.mod",
        "// x\nmodule \"example.com/é/app\" // y\n\ngo 1.22\nrequire github.com/BurntSushi/toml v1.3.2\n\
         require (\n\tgolang.org/x/net v0.1.0 // indirect\n\tgopkg.in/yaml.v3 v3.0.1+incompatible\n)\n\
         replace (\n\ta => b v1\n)\n",
        "golang example.com/é/app own -> golang/github.com/BurntSushi/toml@v1.3.2 \
         golang/golang.org/x/net@v0.1.0 golang/gopkg.in/yaml.v3@v3.0.1%2Bincompatible\n\
         golang github.com/BurntSushi/toml@v1.3.2\ngolang golang.org/x/net@v0.1.0\n\
         golang gopkg.in/yaml.v3@v3.0.1+incompatible",
    );
}

#[test]
fn java_names_group_and_artifact() {
    check(
        "pom.xml",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE project [<!ENTITY a \"b\">]>\n<!-- é -->\n\
         <project xmlns=\"http://a.b\">\n<parent><groupId>org.acme</groupId>\
         <version>2.0</version></parent>\n<artifactId>app</artifactId>\n\
         <properties><x.version>1.2</x.version></properties>\n<licenses><license>\
         <name>Apache &amp; co</name><url>u</url></license><license><url><![CDATA[http://c]]></url>\
         </license></licenses>\n<dependencies><dependency><groupId>${project.groupId}</groupId>\
         <artifactId>a</artifactId><version>${x.version}</version></dependency><dependency>\
         <groupId>g</groupId><artifactId>b</artifactId><version>${absent}</version>\
         <scope>test</scope></dependency><dependency><groupId>g</groupId>\
         <artifactId>c</artifactId><optional>true</optional></dependency></dependencies></project>",
        "maven org.acme/app@2.0 own \"Apache & co\" \"http://c\" -> maven/org.acme/a@1.2 \
         dev:maven/g/b optional:maven/g/c",
    );
    check(
        "pom.xml",
        "<project><artifactId>a</artifactId><groupId>g</groupId><licenses><license><name>MIT",
        "maven g/a own \"MIT\"\nproblem: the text ends inside an element",
    );
    check(
        "gradle.lockfile",
        "# generated\ng.h:a:1.0=compileClasspath,runtimeClasspath\ng:b:2=testRuntimeClasspath\nempty=\n",
        "maven g.h/a@1.0\nmaven g/b@2\nhere -> maven/g.h/a@1.0 dev:maven/g/b@2",
    );
}

#[test]
fn net_states_expressions_or_addresses() {
    let nuspec = |license: &str| {
        format!(
            "\u{feff}<package xmlns='x'><metadata><id>Acme.Tiny</id><version>1.0</version>{license}\
             <dependencies><group targetFramework=\"net8.0\"><dependency id=\"B\" version=\"2\" />\
             </group></dependencies></metadata></package>"
        )
    };
    for (license, expected) in [
        (
            "<license type=\"expression\">MIT OR Apache-2.0</license>\
             <licenseUrl>https://licenses.nuget.org/MIT</licenseUrl>",
            "\"MIT OR Apache-2.0\"",
        ),
        (
            "<license type='file'>LICENSE.é</license><licenseUrl>https://aka.ms/deprecateLicenseUrl\
             </licenseUrl>",
            "\"LICENSE.é\"",
        ),
        ("<licenseUrl>https://a.b/c</licenseUrl>", "\"https://a.b/c\""),
    ] {
        let expected = format!("nuget Acme.Tiny@1.0 own {expected} -> nuget/B");
        check("acme.tiny.nuspec", &nuspec(license), &expected);
    }
    check(
        "packages.lock.json",
        r#"{"version": 1, "dependencies": {"net8.0": {
            "A": {"type": "Direct", "resolved": "1.0", "dependencies": {"b": "1.9", "x": "1"}},
            "B": {"type": "Transitive", "resolved": "2.0"}, "mine": {"type": "Project"}}}}"#,
        "nuget A@1.0 -> nuget/B@2.0\nnuget B@2.0\nhere -> nuget/A@1.0",
    );
}

#[test]
fn ruby_is_read_by_its_indents() {
    check(
        "Gemfile.lock",
        "PATH\n  remote: .\n  specs:\n    app (0.1.0)\n      rack (>= 2)\n\nGEM\n  remote: \
         https://rubygems.org/\n  specs:\n    nokogiri (1.16.0-x86_64-linux)\n      rack\n    \
         rack (3.0)\n\nDEPENDENCIES\n  app!\n  nokogiri (~> 1)\n",
        "gem app@0.1.0 own -> gem/rack@3.0\ngem nokogiri@1.16.0-x86_64-linux -> gem/rack@3.0\n\
         gem rack@3.0\nhere -> gem/app@0.1.0 gem/nokogiri@1.16.0-x86_64-linux",
    );
    check(
        "tiny.gemspec",
        "Gem::Specification.new do |s|\n  s.name = \"tiny\"\n  s.version = '1.0'.freeze\n  \
         # s.license = \"GPL\"\n  s.licenses = [\"MIT\", 'Ruby']\n  s.summary = \"é #{x}\"\n  \
         s.add_dependency \"rack\", \">= 2\"\n  s.add_development_dependency(\"rspec\")\nend\n",
        "gem tiny@1.0 own \"MIT OR Ruby\" -> gem/rack dev:gem/rspec",
    );
}

#[test]
fn php_lists_licenses_to_choose_from() {
    check(
        "composer.json",
        r#"{"name": "Acme/App", "license": ["MIT", "GPL-2.0-or-later"],
            "require": {"php": ">=8", "ext-json": "*", "Monolog/monolog": "^3"},
            "require-dev": {"phpunit/phpunit": "^10"}}"#,
        "composer acme/app own \"MIT OR GPL-2.0-or-later\" -> composer/monolog/monolog \
         dev:composer/phpunit/phpunit",
    );
    check(
        "composer.lock",
        r#"{"packages": [{"name": "monolog/monolog", "version": "3.5.0", "license": ["MIT"],
            "require": {"php": "*", "psr/log": "^3"}}], "packages-dev": [{"name": "psr/log"}]}"#,
        "composer monolog/monolog@3.5.0 \"MIT\" -> composer/psr/log\ncomposer psr/log",
    );
}

#[test]
fn r_names_a_license_and_a_file() {
    for (license, expected) in [
        ("MIT + file LICENSE", "\"MIT\""),
        ("GPL-2 | GPL-3", "\"GPL-2  OR  GPL-3\""),
        ("file LICENSE.é", "\"LICENSE.é\""),
    ] {
        let text = format!(
            "Package: tiny\nVersion: 1.0\nLicense: {license}\nDepends: R (>= 4.0), methods\n\
             Imports: Rcpp (>= 1),\n    cli\nSuggests: testthat\n"
        );
        let needs = "cran/methods cran/Rcpp cran/cli optional:cran/testthat";
        check("DESCRIPTION", &text, &format!("cran tiny@1.0 own {expected} -> {needs}"));
    }
    check("DESCRIPTION", "What this is: a text.\n", "");
}

#[test]
fn swift_names_repositories() {
    check(
        "Package.resolved",
        r#"{"pins": [{"identity": "nio", "location": "https://github.com/apple/swift-nio.git",
            "state": {"revision": "abc", "version": "2.0.0"}},
            {"location": "git@github.com:a/b.git", "state": {"revision": "abc"}}], "version": 2}"#,
        "swift github.com/apple/swift-nio@2.0.0\nswift github.com/a/b@abc\n\
         here -> swift/github.com/apple/swift-nio@2.0.0 swift/github.com/a/b@abc",
    );
    check(
        "Package.resolved",
        r#"{"object": {"pins": [{"repositoryURL": "https://h/é", "state": {"version": "1"}}]}}"#,
        "swift h/é@1\nhere -> swift/h/%C3%A9@1",
    );
}

#[test]
fn dart_has_no_licenses() {
    check(
        "pubspec.yaml",
        "name: app\nversion: 1.0.0+1\npublish_to: none\ndependencies:\n  flutter:\n    sdk: flutter\n  \
         http: ^1.0.0\ndev_dependencies:\n  test: any\n",
        "pub app@1.0.0+1 own -> pub/http dev:pub/test",
    );
    check(
        "pubspec.lock",
        "packages:\n  http:\n    dependency: \"direct main\"\n    source: hosted\n    version: \"1.1.0\"\n  \
         flutter:\n    source: sdk\n    version: \"0.0.0\"\n  mine:\n    source: path\n    version: \"0.1.0\"\n",
        "pub http@1.1.0\npub mine@0.1.0 own",
    );
}

#[test]
fn c_plus_plus_has_two_ways() {
    check(
        "conanfile.txt",
        "[requires]\nzlib/1.3.1 # é\nfmt/[>=10]\nboost/1.84@user/stable\n[tool_requires]\ncmake/3.28\n\
         [options]\na/b\n",
        "conan zlib@1.3.1\nconan boost@1.84\nconan cmake@3.28\n\
         here -> conan/zlib@1.3.1 conan/fmt conan/boost@1.84 build:conan/cmake@3.28",
    );
    check(
        "vcpkg.json",
        r#"{"name": "app", "version-string": "1", "license": "MIT",
            "dependencies": ["fmt", {"name": "cmake", "host": true}, {"é": 1}]}"#,
        "vcpkg app@1 own \"MIT\" -> vcpkg/fmt build:vcpkg/cmake",
    );
}

#[test]
fn debian_says_it_by_files() {
    let text = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\
                Upstream-Name: Tiny\n\nFiles: *\nCopyright: é\nLicense: Expat\n Permission\n .\n x\n\n\
                Files: lib/*\nLicense: GPL-2+ or BSD-3-clause\n\nFiles: debian/*\nLicense: GPL-3\n\n\
                License: GPL-2+\n text\n";
    let words = "\"Expat\" \"GPL-2+ or BSD-3-clause\"";
    check("debian/copyright", text, &format!("deb debian/tiny own {words}"));
    check("usr/share/doc/libtiny1/copyright", text, &format!("deb debian/libtiny1 {words}"));
    check("debian/copyright", "This is tiny, under the MIT license.\n", "");
}
