"""The table of MLflow's routes, by which our server tells an unknown call from one that it does not serve, is the real one."""

import os
import unittest

from routes import lines

TABLE = "../../tracking/src/main/resources/io/mlopscore/tracking/http/mlflow-routes.txt"


class RoutesTest(unittest.TestCase):
    maxDiff = None

    def test_our_table_of_mlflows_routes_is_true(self):
        with open(os.path.join(os.path.dirname(__file__), TABLE)) as table:
            ours = [line.rstrip("\n") for line in table if not line.startswith("#")]
        self.assertEqual(lines(), ours)


if __name__ == "__main__":
    unittest.main()
