"""Are net.graphml, net.gexf and net.csv of a folder the network of its net.json?"""

import csv
import json
import sys

import networkx

folder = sys.argv[1]
with open(f"{folder}/net.json", encoding="utf-8") as file:
    net = json.load(file)
nodes = {node.pop("id"): node for node in net["nodes"]}
edges = {frozenset((e.pop("source"), e.pop("target"))): e for e in net["edges"]}
assert net["edges_left_out"] == 0 and len(edges) == len(net["edges"])


def given(attributes):
    """Those that a form without null has."""
    return {name: value for name, value in attributes.items() if value is not None}


def same(got, want, where):
    for name, value in given(want).items():
        found = got[name]
        if isinstance(value, float):
            assert abs(float(found) - value) <= 1e-12 * abs(value), (where, name, found, value)
        else:
            assert type(value)(found) == value, (where, name, found, value)


for graph in networkx.read_graphml(f"{folder}/net.graphml"), networkx.read_gexf(f"{folder}/net.gexf"):
    assert not graph.is_directed() and not graph.is_multigraph()
    assert set(graph.nodes) == set(nodes), set(graph.nodes) ^ set(nodes)
    for name, attributes in nodes.items():
        same(graph.nodes[name], attributes, name)
    assert {frozenset(ends) for ends in graph.edges} == set(edges)
    for source, target, attributes in graph.edges(data=True):
        same(attributes, edges[frozenset((source, target))], (source, target))
    assert all(graph.degree(name) == nodes[name]["degree"] for name in nodes)

with open(f"{folder}/net.csv", encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
assert {frozenset((row["source"], row["target"])) for row in rows} == set(edges)
assert len(rows) == len(edges)
for row in rows:
    same(row, edges[frozenset((row["source"], row["target"]))], row["source"])
    for end in "source", "target":
        same({name[len(end) + 1:]: value for name, value in row.items() if name.startswith(end + "_")},
             nodes[row[end]], row[end])
print(f"{len(nodes):4} nodes, {len(edges):4} edges: GraphML, GEXF and CSV as the JSON")
