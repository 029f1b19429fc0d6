# What a run of tests prints.
import io
import re
import unittest
from unittest import mock


class Cases(unittest.TestCase):
    def test_equal(self):
        self.assertEqual({"a": [1, 2]}, {"a": [1, 3]})

    def test_raises(self):
        with self.assertRaises(ValueError) as caught:
            int("x")
        self.assertIn("invalid", str(caught.exception))

    @unittest.skip("not now")
    def test_skip(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertIsNone(0)

    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertLess(i, 2)

    def test_error(self):
        {}["missing"]

    def test_mock(self):
        thing = mock.Mock(return_value=3)
        self.assertEqual(thing(1, a=2), 3)
        thing.assert_called_once_with(1, a=2)
        with self.assertRaises(AssertionError) as caught:
            thing.assert_called_with(2)
        print(caught.exception)


stream = io.StringIO()
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Cases)
result = unittest.TextTestRunner(stream, verbosity=2).run(suite)
text = re.sub(r"in \d+\.\d+s", "in Ts", stream.getvalue())
print(re.sub(r'File ".*[/\\]', 'File "', text))
print(result)
